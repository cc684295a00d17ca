/** A look never takes more frames than this, so that the camera is open for seconds only. */
export const MAX_FRAMES = 12;
/** One frame may show a false face or miss a true one; this many that agree decide. */
const FRAMES_THAT_DECIDE = 3;
/** Two frames with too many people end the look: being wrong here costs a retry, not a person's choice. */
const FRAMES_THAT_REFUSE = 2;

export type HeadcountVote =
  | { readonly kind: 'look-on' }
  | { readonly kind: 'counted'; readonly headcount: number }
  | { readonly kind: 'too-many-people' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'undecided' };

/**
 * Decides from the number of faces in each frame so far, in order. Never counts more than `allowed`, the people who said yes.
 * "Nobody" is only said when all frames are used up: a visitor may need a moment to step in.
 */
export function voteHeadcount(facesByFrame: readonly number[], allowed: number): HeadcountVote {
  const refusing = facesByFrame.filter((faces) => faces > allowed).length;
  if (refusing >= FRAMES_THAT_REFUSE) return { kind: 'too-many-people' };
  for (let headcount = allowed; headcount >= 1; headcount -= 1) {
    const agreeing = facesByFrame.filter((faces) => faces === headcount).length;
    // A frame with too many people keeps the question open until further frames settle it.
    if (agreeing >= FRAMES_THAT_DECIDE && refusing === 0) return { kind: 'counted', headcount };
    if (agreeing >= FRAMES_THAT_DECIDE * 2) return { kind: 'counted', headcount };
  }
  if (facesByFrame.length < MAX_FRAMES) return { kind: 'look-on' };
  return { kind: facesByFrame.every((faces) => faces === 0) ? 'nobody' : 'undecided' };
}
