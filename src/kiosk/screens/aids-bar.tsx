import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { changeAids, currentAids, nextTextPercent, onAidsChange } from '../aids.ts';
import { hasVoice, onVoicesChange, readAloud, stopReading } from '../voice.ts';
import { Sheet } from './sheet.tsx';
import './aids-bar.css';

interface AidsBarProps {
  /** Changes with everything that should be read anew. */
  readonly subject: string;
}

/** What makes the screen suit a visitor: reading aloud where the tablet has a voice of its own, larger text, and all controls further down. */
export function AidsBar({ subject }: AidsBarProps) {
  const { t, i18n } = useTranslation('kiosk');
  const { isLow, textPercent, isReadAloud } = useSyncExternalStore(onAidsChange, currentAids);
  const canRead = useVoice(i18n.language);
  const isReading = isReadAloud && canRead;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is what is read anew
  useEffect(() => {
    if (!isReading) return;
    readAloud(document, i18n.language);
    return stopReading;
  }, [isReading, subject, i18n.language]);

  return (
    <nav aria-label={t('aids.label')} className="aids-bar">
      {canRead ? (
        <Button action="read-aloud" look="plain" onPress={() => changeAids({ isReadAloud: !isReadAloud })}>
          <AidIcon>
            {isReadAloud ? (
              <path d="M9 8h14v16H9z" />
            ) : (
              <path d="M5 12v8h5l7 6V6l-7 6zM22 11c3 3 3 7 0 10M26 7c5 5 5 13 0 18" />
            )}
          </AidIcon>
          {isReadAloud ? t('aids.listening') : t('aids.listen')}
        </Button>
      ) : null}
      <Button
        action="text-size"
        look="plain"
        onPress={() => changeAids({ textPercent: nextTextPercent(textPercent) })}
      >
        <AidIcon>
          <path d="M3 25l6-16 6 16M5 20h8M17 25l5-12 5 12M19 21h6" />
        </AidIcon>
        {nextTextPercent(textPercent) === 100 ? t('aids.normal') : t('aids.larger')}
      </Button>
      <Button action="lower" look="plain" onPress={() => changeAids({ isLow: !isLow })}>
        <AidIcon>
          <path d={isLow ? 'M16 26V6M8 14l8-8 8 8' : 'M16 6v20M8 18l8 8 8-8'} />
        </AidIcon>
        {isLow ? t('aids.raise') : t('aids.lower')}
      </Button>
    </nav>
  );
}

/** The same where they have no room in a row: one button that opens them. */
export function AidsSheet(props: AidsBarProps) {
  const { t } = useTranslation('kiosk');
  return (
    <Sheet
      action="aids"
      label={t('aids.label')}
      opener={
        <span className="sheet-opener-face">
          <AidIcon>
            <circle cx="16" cy="7" r="3.5" />
            <path d="M5 13c7 2 15 2 22 0M12 15l-2 14M20 15l2 14M12 22h8" />
          </AidIcon>
          {t('aids.open')}
        </span>
      }
    >
      {() => <AidsBar {...props} />}
    </Sheet>
  );
}

function AidIcon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      className="aid-icon"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="2.5"
      viewBox="0 0 32 32"
    >
      {children}
    </svg>
  );
}

function useVoice(language: string): boolean {
  const [has, setHas] = useState(() => hasVoice(language));
  useEffect(() => {
    const look = () => setHas(hasVoice(language));
    look();
    return onVoicesChange(look);
  }, [language]);
  return has;
}
