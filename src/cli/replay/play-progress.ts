import { MINUTE_MS, SECOND_MS } from '#values';

export interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

const BAR_CHARS = 30;
const PERCENT_BETWEEN_LINES = 10;
const WHOLE = 100;
const CLEAR_LINE = '\r\u001b[2K';
const REDRAW_MS = 200;

/** How far the play is, how quick and for how long still: a bar on a terminal, and elsewhere a line for every tenth. */
export function playProgress(
  output: Output,
  visits: number,
  elapsed: () => number = () => performance.now(),
) {
  const begun = elapsed();
  let shown = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;

  function words(done: number): string {
    const tookMs = Math.max(1, elapsed() - begun);
    const perSecond = Math.round((done / tookMs) * SECOND_MS);
    const leftMs = done === 0 ? 0 : ((visits - done) * tookMs) / done;
    const percent = Math.floor((done / visits) * WHOLE);
    return `${percent} %, ${done} of ${visits} visits, ${perSecond} a second, ${clock(leftMs)} to go`;
  }

  return {
    show: (done: number): void => {
      const percent = Math.floor((done / visits) * WHOLE);
      if (output.isTTY === true) {
        if (elapsed() - drawnAt < REDRAW_MS) return;
        drawnAt = elapsed();
        const full = Math.round((percent / WHOLE) * BAR_CHARS);
        output.write(`${CLEAR_LINE}[${'#'.repeat(full)}${'.'.repeat(BAR_CHARS - full)}] ${words(done)}`);
        return;
      }
      // The end says itself.
      if (percent < shown + PERCENT_BETWEEN_LINES || percent === WHOLE) return;
      shown = percent - (percent % PERCENT_BETWEEN_LINES);
      output.write(`${words(done)}\n`);
    },
    end: (): void => {
      if (output.isTTY === true) output.write(CLEAR_LINE);
    },
  };
}

/** `3:07`. */
function clock(ms: number): string {
  const seconds = Math.round((ms % MINUTE_MS) / SECOND_MS) % 60;
  return `${Math.floor(ms / MINUTE_MS)}:${String(seconds).padStart(2, '0')}`;
}
