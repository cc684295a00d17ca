import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from '#i18n';
import type { Glance } from '#tablet/glance';
import { updateWhileClosed } from '#tablet/new-version';
import type { OpenedKioskProps } from './opened-kiosk.tsx';
import { pickLanguage } from './pick-language.ts';
import { reloadSoon } from './reload-soon.ts';
import { AttractScreen } from './screens/attract.tsx';
import { Branded } from './screens/branded.tsx';
import { MessageScreen } from './screens/message.tsx';
import { RestingScreen } from './screens/resting.tsx';
import { WaitNote } from './screens/wait-note.tsx';
import type { Wish } from './wish.ts';
import './kiosk.css';

interface KioskAppProps {
  /** Null where nothing is known of the tablet, or where it must ask nobody. */
  readonly glance: Glance | null;
}

/**
 * The attract screen while the tablet is being opened, and then the opened kiosk. A tap that comes before that is kept, and answered in words
 * until it can be carried out.
 */
export function KioskApp({ glance }: KioskAppProps) {
  const { t, i18n } = useTranslation('kiosk');
  const [Opened, setOpened] = useState<ComponentType<OpenedKioskProps> | 'unreachable' | null>(null);
  const [isOpening, setIsOpening] = useState(true);
  const [wish, setWish] = useState<Wish | null>(null);
  const [isUpdating, setIsUpdating] = useState(false);

  useEffect(() => {
    import('./opened-kiosk.tsx').then(
      ({ OpenedKiosk }) => setOpened(() => OpenedKiosk),
      () => {
        setOpened('unreachable');
        reloadSoon();
      },
    );
  }, []);

  useEffect(() => updateWhileClosed({ isClosed: isNoVisitMounted, onApply: () => setIsUpdating(true) }), []);

  // Whatever opens meanwhile is not shown any more.
  if (isUpdating) return <MessageScreen step="resting" title={t('starting')} />;
  if (Opened === 'unreachable') return <RestingScreen reason="server-unreachable" />;
  return (
    <>
      <WaitNote />
      {isOpening ? (
        glance === null || wish !== null ? (
          <MessageScreen step="resting" title={t('starting')} />
        ) : (
          <Branded brand={glance.brand}>
            <AttractScreen
              language={i18n.language}
              languages={glance.languages}
              onLanguage={pickLanguage}
              onStaff={() => setWish('staff')}
              onStart={() => setWish('start')}
              onTakeBack={() => setWish('take-back')}
              shopName={glance.shopName}
            />
          </Branded>
        )
      ) : null}
      {Opened === null ? null : (
        <Opened glanced={glance === null ? null : { wish }} onOpening={setIsOpening} />
      )}
    </>
  );
}

/** The visits say in the page whether one is running. Where they say nothing they are not there: the tablet is not open, or cannot be. */
function isNoVisitMounted(): boolean {
  return document.documentElement.dataset.idle === undefined;
}
