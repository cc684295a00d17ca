import { type Elapsed, MINUTE_MS, SECOND_MS } from '#values';
import { holdWindowLock } from './window-lock.ts';

/** A version that is not in charge after this is not waited for any longer. */
const TAKES_OVER_WITHIN_MS = 10 * SECOND_MS;
/** Whoever types a code has stopped by then, and a code that was sent is answered. */
const QUIET_MS = 30 * SECOND_MS;
/** A browser looks by itself when a page is loaded, and one that rests or is open for weeks is not. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;
/** What Workbox's worker takes for leave to take over. */
const TAKE_OVER = { type: 'SKIP_WAITING' };

/** Asks the server whether there is a newer version of the program. It comes in the background. */
export async function lookForNewVersion(): Promise<void> {
  try {
    await (await registered())?.update();
  } catch {
    // Without a network there is none; it is looked for again.
  }
}

/** Gives what looks for a newer version at once, however often it is called no more than every ten minutes: where there is none yet, asking does not bring it. */
export function lookNowAndThen(elapsed: Elapsed): () => void {
  let lookedAt: number | null = null;
  return () => {
    if (lookedAt !== null && elapsed() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = elapsed();
    void lookForNewVersion();
  };
}

/**
 * Lets a version in that waits, for a page on which no visit is running. Loading such a page anew would not do: a browser goes on with the old
 * version as long as a page is there. Resolves once the new one is in charge or is not waited for any longer; false where none waits, or where
 * another window is the kiosk, whose visit must end on the version that it began on.
 */
export async function letNewVersionIn(mayStill: () => boolean = () => true): Promise<boolean> {
  try {
    const registration = await registered();
    // The first version of all waits for nobody.
    if (registration?.waiting == null || registration.active === null) return false;
    if (!(await holdWindowLock())) return false;
    // It may have come into its own meanwhile.
    const { waiting } = registration;
    if (waiting === null || !mayStill()) return false;
    // From here on the page is loaded anew whatever happens: it has been told so.
    await takeOver(waiting).catch(() => undefined);
    return true;
  } catch {
    return false;
  }
}

async function takeOver(waiting: ServiceWorker): Promise<void> {
  waiting.postMessage(TAKE_OVER);
  await Promise.race([
    untilInCharge(waiting),
    new Promise((resolve) => setTimeout(resolve, TAKES_OVER_WITHIN_MS)),
  ]);
}

/**
 * Lets new versions in while the tablet is not open, since what keeps it from opening may be what they mend. An open one does it between
 * visits. `onApply`: the page is about to be loaded anew, and from here on no visit may start. Gives what ends it.
 */
export function updateWhileClosed({
  isClosed,
  onApply,
}: {
  readonly isClosed: () => boolean;
  readonly onApply: () => void;
}): () => void {
  const mayApply = () => {
    const may = isClosed();
    if (may) onApply();
    return may;
  };
  const tryNow = async () => {
    if (isClosed() && (await letNewVersionIn(mayApply))) location.reload();
  };
  let timer = setInterval(() => void tryNow(), QUIET_MS);
  const beginAnew = () => {
    clearInterval(timer);
    timer = setInterval(() => void tryNow(), QUIET_MS);
  };
  const looking = setInterval(() => isClosed() && void lookForNewVersion(), LOOK_EVERY_MS);
  addEventListener('pointerdown', beginAnew);
  addEventListener('keydown', beginAnew);
  return () => {
    clearInterval(timer);
    clearInterval(looking);
    removeEventListener('pointerdown', beginAnew);
    removeEventListener('keydown', beginAnew);
  };
}

/** Undefined where the browser has no service workers for this page, or the page has none yet. */
function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.getRegistration();
}

function untilInCharge(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
}
