import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { CameraStatus } from './camera-status.tsx';
import { Frame } from './frame.tsx';
import { CameraOffPicture, GonePicture, OnlyYouPicture } from './pictures.tsx';
import './attract.css';

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
      languageChoice={{ language, languages, onLanguage }}
      shopName={shopName}
      status={<CameraStatus isOn={false} label={t('attract.cameraOff')} />}
      step="attract"
      title={t('attract.title')}
    >
      <p className="attract-lead">{t('attract.lead')}</p>
      <ol aria-label={t('attract.steps.label')} className="attract-steps">
        <li>
          <CameraOffPicture />
          {t('attract.steps.off')}
        </li>
        <li>
          <OnlyYouPicture />
          {t('attract.steps.on')}
        </li>
        <li>
          <GonePicture />
          {t('attract.steps.gone')}
        </li>
      </ol>
      <div className="attract-start">
        <Button action="start" onPress={onStart}>
          {t('attract.start')}
        </Button>
      </div>
    </Frame>
  );
}
