import type { Check } from '../item.ts';

/** Time goes forward from entry to entry, but for an entry that says that the clock was changed. */
export const checkTimeOrder: Check = (kiosk, item) => {
  const isBackwards = kiosk.lastTime !== null && item.time < kiosk.lastTime;
  if (isBackwards && item.kind !== 'clock-changed') return 'time-backwards';
  kiosk.firstTime ??= item.time;
  kiosk.lastTime = item.time;
  if (item.kind === 'clock-changed') {
    kiosk.figures.clockChanges += 1;
    kiosk.clock = {
      settings: kiosk.clock.settings + 1,
      offsetMs: item.body?.offsetMs ?? null,
      uncertaintyMs: item.body?.uncertaintyMs ?? 0,
    };
  }
  return null;
};
