/**
 * Counting: votes over frames, bands, hours and releases. Imports `values` alone.
 * Pure: never sees a picture, only what the networks said of it; never stores or sends.
 */
export { AGE_BANDS, type AgeBand, bandOfAge, type Cell, cellOf, GENDERS, type Gender } from './bands.ts';
export { fraction } from './chance.ts';
export { type Demographics, estimateFromFrames, type FrameEstimate } from './estimate.ts';
export { type HourCounts, hoursOfDay, localDate, localHour } from './hours.ts';
export {
  emptyPending,
  K_MIN,
  type PendingRelease,
  type ReleaseChange,
  release,
  takeOut,
  type WaitingAnswer,
  waitFor,
} from './release.ts';
export {
  FRAMES_THAT_DECIDE,
  FRAMES_THAT_REFUSE,
  type FrameSeen,
  type HeadcountVote,
  LOOK_FOR_MS,
  voteHeadcount,
} from './vote.ts';
