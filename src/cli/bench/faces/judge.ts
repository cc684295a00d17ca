import type { SeenFace, SeenFrame } from './eyes.ts';
import type { TestFrame } from './frames.ts';

/** A box is the face where their middles lie this near, in face heights, and their heights are alike. */
const MAX_OFF = 0.4;
const MIN_HEIGHT = 0.4;
const MAX_HEIGHT = 2;

/** What a look should have told and what it told. */
export interface Verdict {
  /** The face was seen in every frame, so that the look can decide on the fewest frames. */
  readonly found: boolean;
  /** The face was seen in one frame at least. */
  readonly seenOnce: boolean;
  /** Something else was taken for a face in one frame at least. */
  readonly falseOnce: boolean;
  /** Something else was taken for a face in every frame, so that it would be counted. */
  readonly falseAlways: boolean;
}

export function judge(frames: readonly SeenFrame[], face: TestFrame['face']): Verdict {
  const isSeen = frames.map(({ faces }) => faces.some((seen) => isFace(seen, face)));
  const isFalse = frames.map(({ faces }) => faces.some((seen) => !isFace(seen, face)));
  return {
    found: isSeen.every(Boolean),
    seenOnce: isSeen.some(Boolean),
    falseOnce: isFalse.some(Boolean),
    falseAlways: isFalse.every(Boolean),
  };
}

function isFace({ box }: SeenFace, face: TestFrame['face']): boolean {
  if (face === null) return false;
  const offX = Math.abs(box.x + box.width / 2 - face.x) / face.height;
  const offY = Math.abs(box.y + box.height / 2 - face.y) / face.height;
  const height = box.height / face.height;
  return offX < MAX_OFF && offY < MAX_OFF && height > MIN_HEIGHT && height < MAX_HEIGHT;
}
