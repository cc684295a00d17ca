/**
 * With what a frame is searched for faces: the cheapest way that finds them from 12 % to 95 % of the window's height. docs/accuracy.md has
 * the figures behind each number here, and what was tried and left.
 */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A face that one pass of the detector saw. */
export interface Found {
  readonly score: number;
  readonly box: Box;
}

/** A part of the frame, in its pixels. It may reach beyond the frame's edges. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/**
 * Sides, in pixels, of the whole window as the detector gets it: one for faces from two fifths of it on, one for those from a fourteenth on.
 * Each further size costs seconds of warming up where WebGL is software, and these two miss next to nothing.
 */
const FULL_SCAN = [96, 416] as const;
/** For somebody who steps in while the faces of the frame before are only looked at again. */
const LIGHT_SCAN = [96] as const;
/** Every input size there is, for warming up. */
export const SCAN_SIZES = FULL_SCAN;

/** Low on purpose: what a scan sees only becomes a face when a closer look confirms it. */
export const CANDIDATE_SCORE = 0.2;
/** A closer look cuts out this many times the face, so that it is as large in it as the detector knows faces best, and costs little. */
const CLOSER_LOOK_SPAN = 1.8;
export const CLOSER_LOOK_SIZE = 96;
/** What lies behind a shirt's folds or a hand scores less when it is looked at closely; nearly no face does. */
const CONFIRMING_SCORE = 0.4;
/** Of a face that was confirmed in the frame before, in its place, less is asked: one blink is not its end. */
const KEEPING_SCORE = 0.2;
/** A closer look is about what stands in its middle; whatever else is in it has a closer look of its own. */
const MAX_OFF_CENTRE = 0.25;
/** Below this part of the cut it is something within the face. */
const MIN_PART = 0.2;
/** More than the eight people of the largest group; a bound for pictures that are full of what looks like faces. */
const MAX_CLOSER_LOOKS = 16;

/** Two boxes that share this much are one face. */
const SAME_FACE_OVERLAP = 0.3;

/**
 * The passes over the whole window. The first frame of a look gets all of them. Where all faces of the frame before are still in their
 * places, one is enough.
 */
export function scanSizes(known: readonly Box[], stillThere: number): readonly number[] {
  return known.length > 0 && stillThere === known.length ? LIGHT_SCAN : FULL_SCAN;
}

/** What a scan found and nobody has looked at closely, the surest first, each face once. */
export function newCandidates(found: readonly Found[], confirmed: readonly Found[]): Found[] {
  const fresh = found.filter(({ box }) => !confirmed.some((other) => isSameFace(box, other.box)));
  return mergeSameFaces(fresh).slice(0, MAX_CLOSER_LOOKS);
}

/** Of boxes that overlap, the surest stays: non-maximum suppression over all passes. */
export function mergeSameFaces(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const face of found.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((other) => isSameFace(face.box, other.box))) kept.push(face);
  }
  return kept;
}

/** The square around a box, in a frame of this size, that a closer look cuts out. */
export function cropAround(box: Box, width: number, height: number): Crop {
  const side = CLOSER_LOOK_SPAN * Math.max(box.width * width, box.height * height);
  return {
    left: (box.x + box.width / 2) * width - side / 2,
    top: (box.y + box.height / 2) * height - side / 2,
    side,
  };
}

/** What a closer look must find: at something new, or at a face that stood there in the frame before. */
export function scoreNeeded(isKnown: boolean): number {
  return isKnown ? KEEPING_SCORE : CONFIRMING_SCORE;
}

/** The face that a closer look was about, in parts of the whole frame, or null where there is none. `found` is in parts of the crop. */
export function confirmedIn(
  found: readonly Found[],
  { left, top, side }: Crop,
  width: number,
  height: number,
): Found | null {
  const inMiddle = found
    .filter(({ box }) => box.height >= MIN_PART && isCentred(box))
    .toSorted((a, b) => b.score - a.score)[0];
  if (inMiddle === undefined) return null;
  const { box, score } = inMiddle;
  return {
    score,
    box: {
      x: (left + box.x * side) / width,
      y: (top + box.y * side) / height,
      width: (box.width * side) / width,
      height: (box.height * side) / height,
    },
  };
}

function isCentred(box: Box): boolean {
  const offX = Math.abs(box.x + box.width / 2 - 0.5);
  const offY = Math.abs(box.y + box.height / 2 - 0.5);
  return offX <= MAX_OFF_CENTRE && offY <= MAX_OFF_CENTRE;
}

/** Boxes from two passes can differ so much in extent that one lies within the other: that is one face as well. */
function isSameFace(a: Box, b: Box): boolean {
  const overlapWidth = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const overlapHeight = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (overlapWidth <= 0 || overlapHeight <= 0) return false;
  const shared = overlapWidth * overlapHeight;
  const [areaA, areaB] = [a.width * a.height, b.width * b.height];
  const smaller = Math.min(areaA, areaB);
  return shared / (areaA + areaB - shared) >= SAME_FACE_OVERLAP || shared / smaller >= 2 * SAME_FACE_OVERLAP;
}
