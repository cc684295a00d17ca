import { DAY_MS } from '#values';

/** Largest request body that the server reads. A batch of receipts stays far below it. */
export const BODY_LIMIT_BYTES = 1024 * 1024;
/** A batch of entries stays under this many bytes of JSON, so that it gets through a weak link and proxies with low limits. */
export const MAX_BATCH_BYTES = 256 * 1024;
export const MAX_BATCH_RECORDS = 200;
/** Longest text of a person's making: a name, an address, a sentence of a notice. */
export const MAX_TEXT = 2_000;
/** The words of a button in any language; the server lets no shop have longer receipts than such words make. */
export const MAX_BUTTON = 200;
/** A compact JWS of a receipt is about 8 KB, and more where many parties and laws are named. */
export const MAX_RECEIPT_CHARS = 32_768;
/** A checkpoint is about 400 characters. */
export const MAX_CHECKPOINT_CHARS = 1_024;
/** A logo comes down with every change of a shop's settings. */
export const MAX_LOGO_BYTES = 64 * 1024;
/** Joint controllers or processors that one controller may name. */
export const MAX_PARTIES = 8;
/** The largest group that one look can serve. */
export const MAX_PEOPLE_IN_LOOK = 8;
/** Of an hour's tally: 28 taps a second. No tablet says more, and sums over all shops and years stay numbers that are exact. */
export const MAX_TALLY = 100_000;
/** Longest that a look says the camera was open. A tablet that slept meanwhile says this and not weeks: it is far too long all the same, and shows. */
export const MAX_OPEN_MS = DAY_MS;
/** A tablet whose battery is empty starts in 1970 or at its maker's date, and some count from 1904: a hundred years cover what clocks really say. */
export const MAX_CLOCK_OFFSET_MS = 100 * 366 * DAY_MS;
