import type { Check } from '../item.ts';

/** Time goes forward from entry to entry, but for an entry that says that the clock was changed. */
export const checkTimeOrder: Check = (kiosk, item) => {
  const isBackwards = kiosk.time !== null && item.at.time < kiosk.time;
  if (isBackwards && item.kind !== 'clock-changed') return 'time-backwards';
  kiosk.time = item.at.time;
  kiosk.firstTime ??= item.entry.time;
  kiosk.lastTime = item.entry.time;
  if (item.kind === 'clock-changed') {
    kiosk.figures.clockChanges += 1;
    kiosk.clock = { settings: kiosk.clock.settings + 1, offsetMs: item.body?.offsetMs ?? null };
  }
  return null;
};
