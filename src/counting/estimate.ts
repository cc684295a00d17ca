import { type AgeBand, bandOfAge, type Gender } from './bands.ts';

/** What the age and gender network said of the one face in one frame. */
export interface FrameEstimate {
  readonly ageYears: number;
  /** 0 to 1. */
  readonly femaleProbability: number;
}

export interface Demographics {
  readonly band: AgeBand;
  readonly gender: Gender;
}

/** Frames that disagree by more than this (standard deviation, years) do not name a band. */
const MAX_AGE_SPREAD_YEARS = 8;
/** A mean probability nearer to one half than this does not name a gender. */
const MIN_GENDER_CERTAINTY = 0.8;
/** Frames that disagree by more than this (standard deviation) do not name a gender, however clear their mean. */
const MAX_GENDER_SPREAD = 0.25;
/** One frame can be a blink or a blur; two that agree are the least that says something. */
const MIN_ESTIMATES = 2;

/** Age band and gender from the frames of one look, "not sure" where they are few or disagree. */
export function estimateFromFrames(estimates: readonly FrameEstimate[]): Demographics {
  if (estimates.length < MIN_ESTIMATES) return { band: 'not-sure', gender: 'not-sure' };
  const ages = estimates.map((estimate) => estimate.ageYears);
  const female = estimates.map((estimate) => estimate.femaleProbability);
  return {
    band: standardDeviation(ages) > MAX_AGE_SPREAD_YEARS ? 'not-sure' : bandOfAge(mean(ages)),
    gender: standardDeviation(female) > MAX_GENDER_SPREAD ? 'not-sure' : genderOf(mean(female)),
  };
}

function genderOf(femaleProbability: number): Gender {
  if (femaleProbability >= MIN_GENDER_CERTAINTY) return 'female';
  return 1 - femaleProbability >= MIN_GENDER_CERTAINTY ? 'male' : 'not-sure';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}
