import { useEffect, useRef, useState } from 'react';
import type { ConsentWindow, OpenCamera, WindowPlace } from '#camera';
import { MAX_LOOK_MS } from '#consent';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { SECOND_MS } from '#values';
import type { VisitEvent } from '../visit/machine.ts';
import { CameraStatus } from './camera-status.tsx';
import { Frame } from './frame.tsx';
import { WindowArrows } from './window-arrows.tsx';
import './looking.css';

interface LookingProps {
  /** Null until the camera is on. Its picture may come later. */
  readonly camera: OpenCamera | null;
  readonly isStopping: boolean;
  /** How many said yes and should stand in the frame. */
  readonly people: number;
  readonly place: WindowPlace;
  readonly shopName: string;
  readonly send: (event: VisitEvent) => void;
}

/** The camera is on: what it sees, which part is looked at, how long at most, and a way to stop at once. */
export function LookingScreen({ camera, isStopping, people, place, shopName, send }: LookingProps) {
  const { t } = useTranslation('kiosk');
  const secondsLeft = useSecondsLeft(camera !== null);
  const words = isStopping
    ? t('looking.stopping')
    : camera === null
      ? t('looking.opening')
      : `${people > 1 ? t('looking.bodyGroup') : t('looking.body')} ${t('looking.move.how')}`;
  return (
    <Frame
      actions={
        <div className="answers">
          <Button action="stop" onPress={() => send({ type: 'stop' })}>
            {t('looking.stop')}
          </Button>
        </div>
      }
      shopName={shopName}
      step="looking"
      subject={words}
      title={t('looking.title')}
    >
      <p aria-live="polite" className="looking-body">
        {words}
      </p>
      <div className="looking-picture">
        <Preview camera={camera} />
        <WindowArrows place={place} send={send} />
      </div>
      <div className="looking-status">
        {camera === null ? null : (
          <>
            <CameraStatus isOn label={t('looking.cameraOn')} />
            <p className="looking-seconds">{t('looking.secondsLeft', { count: secondsLeft })}</p>
          </>
        )}
      </div>
    </Frame>
  );
}

/** The live picture, mirrored as people know themselves, with the consent window drawn on the very part that is looked at. */
function Preview({ camera }: { readonly camera: OpenCamera | null }) {
  const { t } = useTranslation('kiosk');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (camera === null || video.current === null) return;
    return camera.showOn(video.current);
  }, [camera]);
  const window = useConsentWindow(camera);
  const [ratio, setRatio] = useState<number | null>(null);
  // A tablet that stands upright, or is turned, has a picture that is higher than it is wide.
  const noteShape = ({ currentTarget }: { readonly currentTarget: HTMLVideoElement }): void => {
    const { videoWidth, videoHeight } = currentTarget;
    if (videoWidth > 0 && videoHeight > 0) setRatio(videoWidth / videoHeight);
  };
  return (
    <figure
      className="preview"
      data-upright={ratio !== null && ratio < 1}
      {...(ratio === null ? {} : { style: { aspectRatio: ratio } })}
    >
      <video
        aria-label={t('looking.preview')}
        autoPlay
        muted
        onLoadedMetadata={noteShape}
        onResize={noteShape}
        playsInline
        ref={video}
      />
      {window === null ? null : (
        <span
          className="preview-window"
          style={{
            insetInlineStart: `${window.x * 100}%`,
            insetBlockStart: `${window.y * 100}%`,
            inlineSize: `${window.width * 100}%`,
            blockSize: `${window.height * 100}%`,
          }}
        />
      )}
    </figure>
  );
}

/** Drawn with the first picture, since nothing is looked at before that, and wherever it is moved to. */
function useConsentWindow(camera: OpenCamera | null): ConsentWindow | null {
  const [window, setWindow] = useState<ConsentWindow | null>(null);
  useEffect(() => camera?.watchWindow(setWindow), [camera]);
  return window;
}

function useSecondsLeft(isOpen: boolean): number {
  const [left, setLeft] = useState(MAX_LOOK_MS / SECOND_MS);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), SECOND_MS);
    return () => clearInterval(timer);
  }, [isOpen]);
  return left;
}
