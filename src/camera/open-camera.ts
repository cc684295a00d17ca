import { type Grant, MAX_LOOK_MS, type RedeemRefusal, redeemGrant } from '#consent';
import { type Clock, type Outcome, SECOND_MS } from '#values';
import { type ConsentWindow, consentWindowFor, type WindowPlace } from './consent-window.ts';

/** The longer side of every frame, in pixels, whatever the camera and the window: the networks then compile for one size, before the first tap. */
const FRAME_SIDE = 480;
/** Enough for the detector from a face that fills the window down to one two metres away. */
const WANTED_PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' } as const;
/** A camera that is just opening gets this long after "Stop" to come and be closed, so that the ledger has it. Most open in half of it. */
const OPENING_GRACE_MS = SECOND_MS;
/** Nothing is looked at for this long after the window was moved or the tablet turned: it may be moved again. */
const AIMING_MS = 1.2 * SECOND_MS;

export type CameraFault = 'camera-refused' | 'camera-absent' | 'camera-in-use' | 'camera-failed' | 'stopped';
export type CameraEnding = 'camera-unplugged' | 'camera-failed';

/** A frame, and by which window it was cut: frames of two windows show two scenes. Each window has a place of its own, also where the numbers are the same. */
interface CutFrame {
  readonly image: ImageBitmap;
  readonly place: WindowPlace;
}

/** A camera that is on. It is one until `close`, "Stop", the time limit, or its plug being pulled. */
export interface OpenCamera {
  /** Tells the part of the picture that is looked at, once there is a picture and whenever it is another; gives what ends that. */
  readonly watchWindow: (tell: (window: ConsentWindow) => void) => () => void;
  /** Where the window is now. */
  readonly place: () => WindowPlace;
  /** Puts the window elsewhere. For a moment nothing is looked at. */
  readonly placeWindow: (place: WindowPlace) => void;
  /** Shows the live picture in an element; gives what ends that. */
  readonly showOn: (video: HTMLVideoElement) => () => void;
  /** The next frame, cut to the consent window; null once the camera is closed. Whoever takes it closes it. */
  readonly captureFrame: () => Promise<CutFrame | null>;
  /** Why it ended by itself, or null where it did not. */
  readonly endedBecause: () => CameraEnding | null;
  /** Switches the camera off and says how long it was on. Doing it twice changes nothing. */
  readonly close: () => { readonly openMs: number };
}

interface CameraOptions {
  readonly now: Clock;
  readonly signal: AbortSignal;
  /** Where the window is at first. */
  readonly place: WindowPlace;
  /** Whether the visitor gets a moment to move it before anything is looked at. */
  readonly isAiming: boolean;
}

/**
 * Opens the camera for one look, and has it from the moment that it is on: its first picture may come later, or never. Without an unused,
 * unexpired grant nothing is opened, and nothing is asked of the browser. `signal` closes it at once, whatever it waits for.
 */
export async function openCamera(
  grant: Grant,
  { now, signal, place, isAiming }: CameraOptions,
): Promise<Outcome<{ readonly camera: OpenCamera }, RedeemRefusal | CameraFault>> {
  const redeemed = redeemGrant(grant, { now, elapsed: () => performance.now() });
  if (!redeemed.ok) return redeemed;
  try {
    const stream = await askForStream(signal, redeemed.leftMs);
    return typeof stream === 'string'
      ? { ok: false, reason: stream }
      : { ok: true, camera: watch(stream, { signal, place, isAiming }) };
  } catch (error) {
    return { ok: false, reason: cameraFault(error) };
  }
}

/**
 * The camera's stream, or why nobody waits for it any more: it did not even come in the moment after "Stop", or not as long as the yes allows. A browser
 * may ask somebody first, and whoever answers late may stand there instead of the visitor.
 */
async function askForStream(
  signal: AbortSignal,
  leftMs: number,
): Promise<MediaStream | 'stopped' | 'grant-expired'> {
  const asked = navigator.mediaDevices.getUserMedia({ video: WANTED_PICTURE, audio: false });
  const givenUp = Promise.withResolvers<'stopped' | 'grant-expired'>();
  const limit = setTimeout(() => givenUp.resolve('grant-expired'), leftMs);
  const giveUpSoon = () => setTimeout(() => givenUp.resolve('stopped'), OPENING_GRACE_MS);
  if (signal.aborted) giveUpSoon();
  else signal.addEventListener('abort', giveUpSoon, { once: true });
  const stream = await Promise.race([asked, givenUp.promise]).finally(() => clearTimeout(limit));
  // One that comes after all is shut before anything of it could be seen.
  if (typeof stream === 'string') void asked.then(stopTracks, () => undefined);
  return stream;
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function watch(
  stream: MediaStream,
  { signal, place: firstPlace, isAiming }: Omit<CameraOptions, 'now'>,
): OpenCamera {
  const openedAt = performance.now();
  // An element of its own reads the frames, so that the preview may come and go.
  const source = document.createElement('video');
  const closed = Promise.withResolvers<null>();
  let closedAt: number | null = null;
  let ending: CameraEnding | null = null;
  let hasPicture = false;
  let place = firstPlace;
  let aimingUntil = 0;
  /** Of the picture that the window was last drawn on. */
  let shape = '';
  const watchers = new Set<(window: ConsentWindow) => void>();

  function close(): { readonly openMs: number } {
    if (closedAt === null) {
      closedAt = performance.now();
      stopTracks(stream);
      source.pause();
      source.srcObject = null;
      clearTimeout(limit);
      removeEventListener('pagehide', close);
      signal.removeEventListener('abort', close);
      source.removeEventListener('resize', noticeTurn);
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

  const consentWindow = () => consentWindowFor(source.videoWidth, source.videoHeight, place);

  async function waitForPicture(): Promise<void> {
    await source.play();
    if (closedAt !== null) return;
    hasPicture = true;
    shape = shapeOf(source);
    if (isAiming) aimingUntil = performance.now() + AIMING_MS;
    for (const tell of watchers) tell(consentWindow());
  }

  function aimAt(moved: WindowPlace): void {
    place = moved;
    if (!hasPicture || closedAt !== null) return;
    aimingUntil = performance.now() + AIMING_MS;
    for (const tell of watchers) tell(consentWindow());
  }

  /** A tablet that is turned has a picture of another shape: the window stays where it is, and is another part of what is seen. */
  function noticeTurn(): void {
    if (!hasPicture || shapeOf(source) === shape) return;
    shape = shapeOf(source);
    aimAt({ ...place });
  }

  async function cutNextFrame(): Promise<CutFrame | null> {
    await firstPicture;
    if (closedAt !== null) return null;
    do {
      await nextPicture(source);
      // The event of it may come only after the first picture of the new shape.
      noticeTurn();
    } while (performance.now() < aimingUntil);
    const cutBy = place;
    return { image: await cutToWindow(source, consentWindow()), place: cutBy };
  }

  const limit = setTimeout(() => (hasPicture ? close() : end('camera-failed')), MAX_LOOK_MS);
  addEventListener('pagehide', close);
  signal.addEventListener('abort', close);
  source.addEventListener('resize', noticeTurn);
  for (const track of stream.getTracks()) track.addEventListener('ended', () => end('camera-unplugged'));
  source.muted = true;
  source.playsInline = true;
  source.srcObject = stream;
  const firstPicture = Promise.race([waitForPicture().catch(() => end('camera-failed')), closed.promise]);
  // A browser may take long to open it, and the visitor may have gone meanwhile.
  if (signal.aborted) close();

  return {
    watchWindow: (tell) => {
      watchers.add(tell);
      if (hasPicture) tell(consentWindow());
      return () => watchers.delete(tell);
    },
    place: () => place,
    placeWindow: (moved) => {
      if (moved.size !== place.size || moved.rise !== place.rise) aimAt(moved);
    },
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
      if (frame === null) void cut.then((late) => late?.image.close());
      return frame;
    },
    endedBecause: () => ending,
    close,
  };
}

function shapeOf({ videoWidth, videoHeight }: HTMLVideoElement): string {
  return `${videoWidth} x ${videoHeight}`;
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
  const scale = FRAME_SIDE / Math.max(width, height);
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
