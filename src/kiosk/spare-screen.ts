import { MINUTE_MS } from '#values';

/** Pixels by which a waiting screen moves, so that no edge stands in one place all day. */
const PLACES = [
  [0, 0],
  [3, 0],
  [3, 3],
  [0, 3],
] as const;

/**
 * Keeps the screen awake while the shop is open and dims it after, and moves a screen that waits by a few pixels each minute. Gives what
 * ends it. Once a minute is enough, and costs nothing in between.
 */
export function spareScreen(page: Document, isOpen: () => boolean): () => void {
  const { documentElement } = page;
  let lock: WakeLockSentinel | null = null;
  let minutes = 0;
  let isOver = false;

  async function keepAwake(): Promise<void> {
    const mustBeAwake = isOpen() && page.visibilityState === 'visible' && !isOver;
    if (!mustBeAwake) {
      await lock?.release();
      lock = null;
    } else if ((lock === null || lock.released) && 'wakeLock' in navigator) {
      // The browser may refuse, as on a low battery: the next minute asks again.
      lock = await navigator.wakeLock.request('screen').catch(() => null);
    }
  }

  function look(): void {
    void keepAwake();
    const isIdle = documentElement.dataset.idle === 'true';
    documentElement.dataset.dimmed = String(isIdle && !isOpen());
    const [x, y] = PLACES[isIdle ? minutes % PLACES.length : 0] ?? PLACES[0];
    documentElement.style.setProperty('--drift', `${x}px ${y}px`);
  }

  /** Who comes after hours finds a bright screen. */
  const brighten = (): void => {
    documentElement.dataset.dimmed = 'false';
  };
  const timer = setInterval(() => {
    minutes += 1;
    look();
  }, MINUTE_MS);
  page.addEventListener('visibilitychange', look);
  addEventListener('pointerdown', brighten);
  addEventListener('keydown', brighten);
  look();
  return () => {
    isOver = true;
    clearInterval(timer);
    page.removeEventListener('visibilitychange', look);
    removeEventListener('pointerdown', brighten);
    removeEventListener('keydown', brighten);
    void keepAwake();
  };
}
