import { letNewVersionIn, lookForNewVersion } from '#tablet/new-version';
import { SECOND_MS } from '#values';

/** Long enough to read what is wrong, and a kiosk that fails each time does not load without end. */
const RELOAD_PAUSE_MS = 10 * SECOND_MS;

/**
 * Begins the page anew, in the newest version there is: a browser asks once in a page for a part of the program, and one that did not come never
 * would; and no visit is running that a version which mends the fault would have to wait for.
 */
export function reloadSoon(): void {
  void lookForNewVersion();
  setTimeout(() => void letNewVersionIn().then(() => location.reload()), RELOAD_PAUSE_MS);
}
