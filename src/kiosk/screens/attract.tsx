import { lazy, Suspense } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { CameraStatus } from './camera-status.tsx';
import { Frame } from './frame.tsx';
import { LanguageNames, useAreMany } from './language-picker.tsx';
import './attract.css';

/** The words are there at once, and the drawings a moment later in the places that are kept for them. */
const StepPicture = lazy(() => import('./pictures.tsx').then((module) => ({ default: module.StepPicture })));
const STEPS = ['off', 'on', 'gone'] as const;

interface AttractProps {
  /** It stood on the screen already, drawn by somebody else. */
  readonly isSeen?: boolean;
  readonly shopName: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly onLanguage: (language: string) => void;
  readonly onStart: () => void;
  readonly onStaff: () => void;
  readonly onTakeBack: () => void;
}

/** The first screen. It waits; it never looks, greets or notices anybody. */
export function AttractScreen({
  isSeen = false,
  shopName,
  language,
  languages,
  onLanguage,
  onStart,
  onStaff,
  onTakeBack,
}: AttractProps) {
  const { t } = useTranslation('kiosk');
  const areMany = useAreMany(languages);
  const choice = { language, languages, onLanguage };
  return (
    <Frame
      aside={
        <span className="attract-aside">
          <Button action="take-back" look="plain" onPress={onTakeBack}>
            {t('takeBack.open')}
          </Button>
          <Button action="staff" look="plain" onPress={onStaff}>
            {t('staff.open')}
          </Button>
        </span>
      }
      isSeen={isSeen}
      {...(areMany ? {} : { languageChoice: choice })}
      shopName={shopName}
      status={<CameraStatus isOn={false} label={t('attract.cameraOff')} />}
      step="attract"
      title={t('attract.title')}
    >
      <p className="attract-lead">{t('attract.lead')}</p>
      <ol aria-label={t('attract.steps.label')} className="attract-steps">
        {STEPS.map((step) => (
          <li key={step}>
            <Suspense fallback={<span className="attract-picture" />}>
              <StepPicture step={step} />
            </Suspense>
            {t(`attract.steps.${step}`)}
          </li>
        ))}
      </ol>
      <div className="attract-start">
        <Button action="start" onPress={onStart}>
          {t('attract.start')}
        </Button>
      </div>
      {areMany ? <LanguageNames {...choice} /> : null}
    </Frame>
  );
}
