import { SECOND_MS } from '#values';
import { isAlive } from './alive.ts';

/**
 * A look takes no further frame once this time has gone by since its first one. The camera is then open for that long and one frame more:
 * the one that is being looked at.
 */
export const LOOK_FOR_MS = 3 * SECOND_MS;
/** A device that needs nearly a second for a frame still gets this many, or there would be too little to vote on. */
const MIN_FRAMES = 5;
/** Older frames say nothing any more: the visitor may have stepped in since, and mistakes that are far apart must not add up. */
const RECENT_FRAMES = 8;
/** One frame may show a false face or miss a true one; this many that agree decide. */
export const FRAMES_THAT_DECIDE = 3;
/** Before fewer are counted than said yes, or after a frame with too many people, it takes this many. */
const FRAMES_THAT_SETTLE = 6;
/** Two frames with too many people end the look: being wrong here costs a retry, not a person's choice. */
export const FRAMES_THAT_REFUSE = 2;

/** What one frame of a look showed. */
export interface FrameSeen {
  /** Since the first frame that was cut by the same window. */
  readonly atMs: number;
  /** For each face, how much it has changed: see `isAlive`. */
  readonly stirs: readonly number[];
}

export type HeadcountVote =
  | { readonly kind: 'look-on' }
  | { readonly kind: 'counted'; readonly headcount: number }
  | { readonly kind: 'too-many-people' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'undecided' };

/**
 * Decides from the frames so far, in order, as soon as they are enough. Never counts more than `allowed`, the people who said yes, and never
 * more than have been seen to be alive. Whoever is missing may be missed by the networks or still be stepping in, so "nobody" and fewer than
 * said yes take longer to say.
 */
export function voteHeadcount(frames: readonly FrameSeen[], allowed: number): HeadcountVote {
  const recent = frames.slice(-RECENT_FRAMES);
  const refusing = recent.filter(({ stirs }) => stirs.length > allowed).length;
  if (refusing >= FRAMES_THAT_REFUSE) return { kind: 'too-many-people' };

  const showing = (people: number) =>
    recent.filter(({ stirs }) => stirs.length >= people && stirs.length <= allowed).length;
  const needed = refusing === 0 ? FRAMES_THAT_DECIDE : FRAMES_THAT_SETTLE;
  let seen = allowed;
  while (seen > 0 && showing(seen) < needed) seen -= 1;
  const alive = Math.max(0, ...recent.map(({ stirs }) => stirs.filter(isAlive).length));

  const mayBeMore = seen < allowed && (showing(seen) < FRAMES_THAT_SETTLE || showing(seen + 1) > 0);
  if (seen > 0 && alive >= seen && !mayBeMore) return { kind: 'counted', headcount: seen };
  if (!isTimeUp(frames)) return { kind: 'look-on' };
  const headcount = Math.min(seen, alive);
  if (headcount > 0) return { kind: 'counted', headcount };
  return { kind: recent.every(({ stirs }) => stirs.length === 0) ? 'nobody' : 'undecided' };
}

function isTimeUp(frames: readonly FrameSeen[]): boolean {
  const last = frames.at(-1);
  return last !== undefined && frames.length >= MIN_FRAMES && last.atMs >= LOOK_FOR_MS;
}
