import type { Problem } from '#tablet';

/** What keeps a kiosk from its work, the gravest first. */
const BY_GRAVITY: readonly Problem[] = ['storage-full', 'vision-unavailable', 'crashed', 'camera-failing'];

/** What is wrong with this kiosk now. Each trouble is told and taken back by whoever sees it. */
export interface Troubles {
  readonly set: (problem: Problem, isThere: boolean) => void;
  /** The gravest, or null while all is well. */
  readonly gravest: () => Problem | null;
}

/** Starts with none. Calls back whenever the gravest changes, so that staff hear of it. */
export function watchTroubles(onChange: (gravest: Problem | null) => void): Troubles {
  const present = new Set<Problem>();
  const gravest = () => BY_GRAVITY.find((problem) => present.has(problem)) ?? null;
  return {
    gravest,
    set: (problem, isThere) => {
      const before = gravest();
      if (isThere) present.add(problem);
      else present.delete(problem);
      if (gravest() !== before) onChange(gravest());
    },
  };
}
