import { type Grant, MAX_LOOK_MS, type RedeemRefusal, redeemGrant } from '#consent';
import { type Clock, type Outcome, SECOND_MS } from '#values';
import { type ConsentWindow, consentWindowFor } from './consent-window.ts';

/** Frames are cut to at most this side, in pixels: the detector sees no more than 320 anyway. */
const MAX_FRAME_SIDE = 480;
/** Enough for the detector from a face that fills the window down to one two metres away. */
const WANTED_PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } as const;
/** A camera that is just opening gets this long after "Stop" to come and be closed, so that the ledger has it. Most open in half of it. */
const OPENING_GRACE_MS = SECOND_MS;

export type CameraFault = 'camera-refused' | 'camera-absent' | 'camera-in-use' | 'camera-failed' | 'stopped';
export type CameraEnding = 'camera-unplugged' | 'camera-failed';

/** A camera that is on. It is one until `close`, "Stop", the time limit, or its plug being pulled. */
export interface OpenCamera {
  /** The part of the picture that is looked at, once there is a picture; null where it closed before there was one. */
  readonly consentWindow: Promise<ConsentWindow | null>;
  /** Shows the live picture in an element; gives what ends that. */
  readonly showOn: (video: HTMLVideoElement) => () => void;
  /** The next frame, cut to the consent window; null once the camera is closed. Whoever takes it closes it. */
  readonly captureFrame: () => Promise<ImageBitmap | null>;
  /** Why it ended by itself, or null where it did not. */
  readonly endedBecause: () => CameraEnding | null;
  /** Switches the camera off and says how long it was on. Doing it twice changes nothing. */
  readonly close: () => { readonly openMs: number };
}

/**
 * Opens the camera for one look, and has it from the moment that it is on: its first picture may come later, or never. Without an unused,
 * unexpired grant nothing is opened, and nothing is asked of the browser. `signal` closes it at once, whatever it waits for.
 */
export async function openCamera(
  grant: Grant,
  { now, signal }: { readonly now: Clock; readonly signal: AbortSignal },
): Promise<Outcome<{ readonly camera: OpenCamera }, RedeemRefusal | CameraFault>> {
  const redeemed = redeemGrant(grant, { now, elapsed: () => performance.now() });
  if (!redeemed.ok) return redeemed;
  try {
    const stream = await askForStream(signal);
    return stream === null ? { ok: false, reason: 'stopped' } : { ok: true, camera: watch(stream, signal) };
  } catch (error) {
    return { ok: false, reason: cameraFault(error) };
  }
}

/** The camera's stream, or null where it did not even come in the moment after "Stop". */
async function askForStream(signal: AbortSignal): Promise<MediaStream | null> {
  const asked = navigator.mediaDevices.getUserMedia({ video: WANTED_PICTURE, audio: false });
  const givenUp = Promise.withResolvers<null>();
  const giveUpSoon = () => setTimeout(() => givenUp.resolve(null), OPENING_GRACE_MS);
  if (signal.aborted) giveUpSoon();
  else signal.addEventListener('abort', giveUpSoon, { once: true });
  const stream = await Promise.race([asked, givenUp.promise]);
  // One that comes after all is shut before anything of it could be seen.
  if (stream === null) void asked.then(stopTracks, () => undefined);
  return stream;
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function watch(stream: MediaStream, signal: AbortSignal): OpenCamera {
  const openedAt = performance.now();
  // An element of its own reads the frames, so that the preview may come and go.
  const source = document.createElement('video');
  const closed = Promise.withResolvers<null>();
  let closedAt: number | null = null;
  let ending: CameraEnding | null = null;
  let hasPicture = false;

  function close(): { readonly openMs: number } {
    if (closedAt === null) {
      closedAt = performance.now();
      stopTracks(stream);
      source.pause();
      source.srcObject = null;
      clearTimeout(limit);
      removeEventListener('pagehide', close);
      signal.removeEventListener('abort', close);
      closed.resolve(null);
    }
    return { openMs: closedAt - openedAt };
  }

  /** The camera ended by itself. Where it was closed already, that is why it ended. */
  function end(because: CameraEnding): null {
    if (closedAt === null) ending = because;
    close();
    return null;
  }

  async function waitForPicture(): Promise<ConsentWindow> {
    await source.play();
    hasPicture = true;
    return consentWindowFor(source.videoWidth, source.videoHeight);
  }

  async function cutNextFrame(): Promise<ImageBitmap | null> {
    const window = await consentWindow;
    if (window === null) return null;
    await nextPicture(source);
    return cutToWindow(source, window);
  }

  const limit = setTimeout(() => (hasPicture ? close() : end('camera-failed')), MAX_LOOK_MS);
  addEventListener('pagehide', close);
  signal.addEventListener('abort', close);
  for (const track of stream.getTracks()) track.addEventListener('ended', () => end('camera-unplugged'));
  source.muted = true;
  source.playsInline = true;
  source.srcObject = stream;
  const consentWindow = Promise.race([waitForPicture().catch(() => end('camera-failed')), closed.promise]);
  // A browser may take long to open it, and the visitor may have gone meanwhile.
  if (signal.aborted) close();

  return {
    consentWindow,
    showOn: (video) => {
      video.srcObject = closedAt === null ? stream : null;
      return () => {
        video.srcObject = null;
      };
    },
    captureFrame: async () => {
      const cut = cutNextFrame().catch(() => end('camera-failed'));
      const frame = await Promise.race([cut, closed.promise]);
      // One that is ready only after the camera closed has nobody who waits for it.
      if (frame === null) void cut.then((late) => late?.close());
      return frame;
    },
    endedBecause: () => ending,
    close,
  };
}

/** Waits for a picture that has not been taken yet; for ever, once the camera is closed. */
function nextPicture(source: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    source.requestVideoFrameCallback(() => resolve());
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
