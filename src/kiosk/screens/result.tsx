import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { LookResult, VisitEvent } from '../visit/machine.ts';
import { CameraStatus } from './camera-status.tsx';
import { Cover } from './cover.tsx';
import { Frame } from './frame.tsx';
import { CameraOffPicture, GonePicture } from './pictures.tsx';
import './result.css';

interface ResultProps {
  readonly result: LookResult;
  readonly mayTryAgain: boolean;
  /** Nobody has touched the screen for a while: the guess is not for whoever comes next. */
  readonly isCovered: boolean;
  readonly releaseMin: number;
  readonly shopName: string;
  readonly send: (event: VisitEvent) => void;
}

/** Exactly what will be kept, in words, with deleting it as near as keeping it. */
export function ResultScreen({ result, mayTryAgain, isCovered, releaseMin, shopName, send }: ResultProps) {
  const { t } = useTranslation('kiosk');
  const isCounted = result.ending === 'counted';
  return (
    <Frame
      actions={
        <div className="answers">
          {isCounted ? (
            <Button action="delete" onPress={() => send({ type: 'delete' })}>
              {t('result.delete')}
            </Button>
          ) : null}
          {mayTryAgain ? (
            <Button action="again" onPress={() => send({ type: 'again' })}>
              {t('result.again')}
            </Button>
          ) : null}
          <Button action={isCounted ? 'keep' : 'done'} onPress={() => send({ type: 'keep' })}>
            {isCounted ? t('result.keep') : t('result.next')}
          </Button>
        </div>
      }
      shopName={shopName}
      step="result"
      title={isCounted ? t('result.counted', { count: result.headcount }) : t('result.notCountedTitle')}
    >
      <div className="result-body">
        {isCounted ? <GonePicture /> : <CameraOffPicture />}
        <div aria-live="polite" className="result-card">
          {result.ending === 'counted' ? (
            <>
              <p className="result-kept">{t('result.kept', { count: result.headcount })}</p>
              {result.demographics === null ? null : (
                <>
                  <div className="cover-stack" data-covered={isCovered}>
                    <p className="result-kept of-visitor" data-testid="estimate">
                      {t('result.demographics', {
                        band: t(`band.${result.demographics.band}`),
                        gender: t(`gender.${result.demographics.gender}`),
                      })}
                    </p>
                    <Cover isCovered={isCovered} onShow={() => send({ type: 'show' })} />
                  </div>
                  <p>{t('result.demographicsKept', { people: releaseMin })}</p>
                </>
              )}
            </>
          ) : (
            <>
              <p className="result-kept">{t(`result.ending.${result.ending}`)}</p>
              <p>{t('result.nothingKept')}</p>
            </>
          )}
        </div>
      </div>
      <CameraStatus isOn={false} label={t('result.cameraOff')} />
    </Frame>
  );
}
