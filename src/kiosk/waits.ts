/** A wait that people notice (Nielsen 1993: to one tenth of a second a screen answers at once, to one second it is felt). Longer ones are said. */
const SAID_AFTER_MS = 300;

let slow = 0;
const listeners = new Set<() => void>();

/** Whether the visitor waits for something by now, and is to be told. */
export function isWaitSaid(): boolean {
  return slow > 0;
}

export function onWaitChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has the screen say that something is going on, where what a visitor asked for takes long. */
export async function sayWhile<Result>(work: Promise<Result>): Promise<Result> {
  let isSaid = false;
  const timer = setTimeout(() => {
    isSaid = true;
    change(1);
  }, SAID_AFTER_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isSaid) change(-1);
  }
}

function change(by: 1 | -1): void {
  slow += by;
  for (const listener of listeners) listener();
}
