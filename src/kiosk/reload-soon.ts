import { SECOND_MS } from '#values';

/** Long enough to read what is wrong, and a kiosk that fails each time does not load without end. */
const RELOAD_PAUSE_MS = 10 * SECOND_MS;

/** Begins the page anew: a browser asks once in a page for a part of the program, and one that did not come never would. */
export function reloadSoon(): void {
  setTimeout(() => location.reload(), RELOAD_PAUSE_MS);
}
