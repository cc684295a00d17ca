/** How far a long piece of work is: a bar on a terminal, and elsewhere a line now and then. */
export interface Progress {
  readonly show: (done: number) => void;
  readonly end: () => void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

const BAR_CHARS = 40;
const PERCENT_BETWEEN_LINES = 25;
const WHOLE = 100;
const CLEAR_LINE = '\r\u001b[2K';

export function progressOn(output: Output, whole: number): Progress {
  let shown = 0;
  const percentOf = (done: number): number =>
    whole === 0 ? WHOLE : Math.min(WHOLE, Math.floor((done / whole) * WHOLE));
  if (output.isTTY === true) {
    return {
      show: (done) => {
        const percent = percentOf(done);
        if (percent === shown) return;
        shown = percent;
        const full = Math.round((percent / WHOLE) * BAR_CHARS);
        output.write(`\r[${'#'.repeat(full)}${'.'.repeat(BAR_CHARS - full)}] ${percent} %`);
      },
      end: () => void output.write(CLEAR_LINE),
    };
  }
  return {
    show: (done) => {
      const percent = percentOf(done);
      // The end says itself.
      if (percent < shown + PERCENT_BETWEEN_LINES || percent === WHOLE) return;
      shown = percent - (percent % PERCENT_BETWEEN_LINES);
      output.write(`${shown} % checked\n`);
    },
    end: () => undefined,
  };
}
