import { MAX_LOOK_MS } from '#consent';
import { MINUTE_MS, SECOND_MS } from '#values';

/** A notice in the longest permitted words, in a script of three bytes a letter, is about 650 KB; nothing honest is longer. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** A receipt is nested eight deep. More openers than this are looked through before anything is parsed. */
export const MAX_DEPTH = 128;
/** Lines that describe rather than record are kept in memory, so their number has an end. */
export const MAX_DESCRIPTIONS = 10_000;
/** The reference workload gives a kiosk 100,000 entries in half a year. What is kept of each entry is 32 bytes. */
export const MAX_ENTRIES_OF_KIOSK = 5_000_000;

/** Between drafting a receipt and committing its entry lie a signature and a write to disk, which on a worn tablet take their time. */
export const COMMIT_TOLERANCE_MS = 5 * SECOND_MS;
/** `look opened` is written before the grant is used up, which is when its lifetime is measured. */
export const GRANT_TOLERANCE_MS = 5 * SECOND_MS;
/** A browser's timer fires late on a busy main thread; the camera's time limit is such a timer. */
const TIMER_TOLERANCE_MS = 2 * SECOND_MS;
export const LONGEST_LOOK_MS = MAX_LOOK_MS + TIMER_TOLERANCE_MS;
/** Opening takes 30 s at most, the look 20, and writing it down seconds: more lies between two entries only where the kiosk was off, or lies. */
export const LONGEST_BETWEEN_MS = 2 * MINUTE_MS;
/** How far two measurements of one camera second may differ: one is by the clock of the day, the other by a stopwatch. */
export const CLOCK_TOLERANCE_MS = 1 * SECOND_MS;
