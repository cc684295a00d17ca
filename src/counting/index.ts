/**
 * Counting: votes over frames, bands, hours and releases. Imports `values` alone.
 * Pure: never sees a picture, only what the networks said of it; never stores or sends.
 */
export { AGE_BANDS, type AgeBand, bandOfAge, type Cell, type Gender, GENDERS, cellOf } from './bands.ts';
export { type Demographics, estimateFromFrames, type FrameEstimate } from './estimate.ts';
export { type HourCounts, hoursOfDay, localDate, localHour } from './hours.ts';
export { emptyPending, K_MIN, type PendingRelease, release, type ReleaseChange, takeOut, waitFor } from './release.ts';
export { type HeadcountVote, MAX_FRAMES, voteHeadcount } from './vote.ts';
