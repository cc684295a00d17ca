import { type Grant, MAX_LOOK_MS, type RedeemRefusal, redeemGrant } from '#consent';
import type { Instant, Outcome } from '#values';
import { type ConsentWindow, consentWindowFor } from './consent-window.ts';

/** Frames are cut to at most this side, in pixels: the detector sees no more than 320 anyway. */
const MAX_FRAME_SIDE = 480;
/** Enough for the detector from a face that fills the window down to one two metres away. */
const WANTED_PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } as const;

export type CameraFault = 'camera-refused' | 'camera-absent' | 'camera-in-use' | 'camera-failed';
export type CameraEnding = 'camera-unplugged' | 'camera-failed';

/** A camera that is on. It is one until `close`, the time limit, or its plug being pulled. */
export interface OpenCamera {
  readonly consentWindow: ConsentWindow;
  /** Shows the live picture in an element; gives what ends that. */
  readonly showOn: (video: HTMLVideoElement) => () => void;
  /** The next frame, cut to the consent window; null once the camera is closed. Whoever takes it closes it. */
  readonly captureFrame: () => Promise<ImageBitmap | null>;
  /** Why it ended by itself, or null where it did not. */
  readonly endedBecause: () => CameraEnding | null;
  /** Switches the camera off and says how long it was on. Doing it twice changes nothing. */
  readonly close: () => { readonly openMs: number };
}

/** Opens the camera for one look. Without an unused, unexpired grant nothing is opened, and nothing is asked of the browser. */
export async function openCamera(
  grant: Grant,
  { now }: { readonly now: () => Instant },
): Promise<Outcome<{ readonly camera: OpenCamera }, RedeemRefusal | CameraFault>> {
  const redeemed = redeemGrant(grant, { now, elapsed: () => performance.now() });
  if (!redeemed.ok) return redeemed;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: WANTED_PICTURE, audio: false });
    return { ok: true, camera: await watch(stream) };
  } catch (error) {
    return { ok: false, reason: cameraFault(error) };
  }
}

async function watch(stream: MediaStream): Promise<OpenCamera> {
  const openedAt = performance.now();
  // An element of its own reads the frames, so that the preview may come and go.
  const source = document.createElement('video');
  source.muted = true;
  source.playsInline = true;
  source.srcObject = stream;
  let closedAt: number | null = null;
  let ending: CameraEnding | null = null;

  function close(): { readonly openMs: number } {
    if (closedAt === null) {
      closedAt = performance.now();
      for (const track of stream.getTracks()) track.stop();
      source.pause();
      source.srcObject = null;
      clearTimeout(limit);
      removeEventListener('pagehide', close);
    }
    return { openMs: closedAt - openedAt };
  }

  const limit = setTimeout(close, MAX_LOOK_MS);
  addEventListener('pagehide', close);
  for (const track of stream.getTracks()) {
    track.addEventListener('ended', () => {
      ending ??= 'camera-unplugged';
      close();
    });
  }
  try {
    await source.play();
  } catch (error) {
    close();
    throw error;
  }
  const consentWindow = consentWindowFor(source.videoWidth, source.videoHeight);

  return {
    consentWindow,
    showOn: (video) => {
      video.srcObject = closedAt === null ? stream : null;
      return () => {
        video.srcObject = null;
      };
    },
    captureFrame: async () => {
      if (!(await nextPicture(source, () => closedAt !== null))) return null;
      return closedAt === null ? cutToWindow(source, consentWindow) : null;
    },
    endedBecause: () => ending,
    close,
  };
}

/** Waits for a picture that has not been taken yet. False where the camera closed meanwhile. */
async function nextPicture(source: HTMLVideoElement, isClosed: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    if (isClosed()) return resolve(false);
    const callback = source.requestVideoFrameCallback(() => finish(true));
    const finish = (hasPicture: boolean): void => {
      source.cancelVideoFrameCallback(callback);
      source.removeEventListener('emptied', onEmptied);
      resolve(hasPicture && !isClosed());
    };
    const onEmptied = (): void => finish(false);
    source.addEventListener('emptied', onEmptied);
  });
}

/** Everything outside the window is cut away here, before any other part of the program gets the picture. */
async function cutToWindow(source: HTMLVideoElement, window: ConsentWindow): Promise<ImageBitmap> {
  const x = Math.round(window.x * source.videoWidth);
  const y = Math.round(window.y * source.videoHeight);
  const width = Math.round(window.width * source.videoWidth);
  const height = Math.round(window.height * source.videoHeight);
  const scale = Math.min(1, MAX_FRAME_SIDE / Math.max(width, height));
  return createImageBitmap(source, x, y, width, height, {
    resizeWidth: Math.round(width * scale),
    resizeHeight: Math.round(height * scale),
    resizeQuality: 'medium',
  });
}

/** The names are those of the Media Capture and Streams specification, section 10.6. */
function cameraFault(error: unknown): CameraFault {
  if (!(error instanceof DOMException)) return 'camera-failed';
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera-refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'camera-absent';
    case 'NotReadableError':
      return 'camera-in-use';
    default:
      return 'camera-failed';
  }
}
