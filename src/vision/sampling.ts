/**
 * What the networks get to see of a frame, cut out and scaled on the processor. Networks are small and frames are large: scaled first, next to
 * nothing goes to the graphics card and nothing has to be compiled for the size of a face.
 */
import type { Box, Crop } from './schedule.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel. */
  readonly data: Uint8ClampedArray;
}

/** A square that is laid over a frame, in its pixels; black where it reaches beyond `seen`. */
interface Square {
  readonly left: number;
  readonly top: number;
  /** From one sample to the next. */
  readonly step: number;
  readonly seen: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** A frame that is darker than this, on average, is brightened to it, by this factor at most: noise grows with it. */
const WANTED_BRIGHTNESS = 90;
const MAX_BRIGHTENING = 6;
const MOST_LIGHT = 255;
/** Every so many pixels are enough for an average. */
const SPARSE = 7;
/** Of a pixel, red, green and blue are looked at; its opacity is not. */
const COLOURS = 3;
const BYTES_BY_PIXEL = 4;
/** The age and gender network was trained on faces with some hair and chin around them. */
const FACE_MARGIN = 0.15;

/** A frame with what its brightness is turned into. */
export interface LitFrame {
  readonly picture: Picture;
  readonly brightened: Float32Array;
}

/** A face in a dark room, or before a bright window, has too little contrast for the detector. */
export function lit(picture: Picture): LitFrame {
  const gain = Math.min(Math.max(WANTED_BRIGHTNESS / Math.max(meanOf(picture), 1), 1), MAX_BRIGHTENING);
  const brightened = Float32Array.from({ length: MOST_LIGHT + 1 }, (_, light) =>
    Math.min(light * gain, MOST_LIGHT),
  );
  return { picture, brightened };
}

function meanOf({ data }: Picture): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < data.length; at += SPARSE * BYTES_BY_PIXEL) {
    sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
    count += COLOURS;
  }
  return count === 0 ? 0 : sum / count;
}

/** The whole frame, square, with `size` samples a side: red, green and blue of each. */
export function wholeFrame(frame: LitFrame, size: number): Float32Array {
  const { width, height } = frame.picture;
  return sample(frame, size, {
    left: 0,
    top: 0,
    step: Math.max(width, height) / size,
    seen: { left: 0, top: 0, right: width, bottom: height },
  });
}

/** A square part of the frame. */
export function partOfFrame(frame: LitFrame, size: number, { left, top, side }: Crop): Float32Array {
  const { width, height } = frame.picture;
  const seen = { left: 0, top: 0, right: width, bottom: height };
  return sample(frame, size, { left, top, step: side / (size - 1), seen });
}

/** A face as the age and gender network knows faces: with a margin, and black beside it where it is not square. */
export function faceOfFrame(frame: LitFrame, size: number, box: Box): Float32Array {
  const { width, height } = frame.picture;
  const margin = FACE_MARGIN * Math.max(box.width * width, box.height * height);
  const left = clamp(box.x * width - margin, 0, width - 1);
  const top = clamp(box.y * height - margin, 0, height - 1);
  const right = clamp((box.x + box.width) * width + margin, left + 1, width);
  const bottom = clamp((box.y + box.height) * height + margin, top + 1, height);
  const side = Math.max(right - left, bottom - top);
  return sample(frame, size, {
    left: left - Math.floor((side - (right - left)) / 2),
    top: top - Math.floor((side - (bottom - top)) / 2),
    step: side / size,
    seen: { left, top, right, bottom },
  });
}

/** Along one side of a square: between which pixels each sample lies, and how much it has of each; nothing of what is not seen. */
interface Along {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly ofBefore: Float64Array;
  readonly ofAfter: Float64Array;
}

/** Pixels from `from` on and before `to` are seen. */
function along(size: number, start: number, step: number, from: number, to: number): Along {
  const [before, after] = [new Int32Array(size), new Int32Array(size)];
  const [ofBefore, ofAfter] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < size; at += 1) {
    const exact = start + at * step;
    const pixel = Math.floor(exact);
    const isSeen = pixel >= from && pixel < to;
    const isNextSeen = pixel + 1 >= from && pixel + 1 < to;
    before[at] = isSeen ? pixel : from;
    after[at] = isNextSeen ? pixel + 1 : from;
    ofBefore[at] = isSeen ? 1 - (exact - pixel) : 0;
    ofAfter[at] = isNextSeen ? exact - pixel : 0;
  }
  return { before, after, ofBefore, ofAfter };
}

/**
 * Between four pixels the light is mixed by how near they are. Each look has a worker of its own, in which nothing is compiled yet: what runs
 * for each pixel is kept plain.
 */
function sample(
  { picture, brightened }: LitFrame,
  size: number,
  { left, top, step, seen }: Square,
): Float32Array {
  const { width, data } = picture;
  const samples = new Float32Array(size * size * COLOURS);
  const rows = along(size, top, step, seen.top, seen.bottom);
  const columns = along(size, left, step, seen.left, seen.right);
  let at = 0;
  for (let row = 0; row < size; row += 1) {
    const upPart = rows.ofBefore[row] ?? 0;
    const downPart = rows.ofAfter[row] ?? 0;
    const upperRow = (rows.before[row] ?? 0) * width;
    const lowerRow = (rows.after[row] ?? 0) * width;
    for (let column = 0; column < size; column += 1) {
      const leftPart = columns.ofBefore[column] ?? 0;
      const rightPart = columns.ofAfter[column] ?? 0;
      const before = columns.before[column] ?? 0;
      const after = columns.after[column] ?? 0;
      let upperLeft = (upperRow + before) * BYTES_BY_PIXEL;
      let upperRight = (upperRow + after) * BYTES_BY_PIXEL;
      let lowerLeft = (lowerRow + before) * BYTES_BY_PIXEL;
      let lowerRight = (lowerRow + after) * BYTES_BY_PIXEL;
      for (const end = at + COLOURS; at < end; at += 1) {
        const upper =
          (brightened[data[upperLeft++] ?? 0] ?? 0) * leftPart +
          (brightened[data[upperRight++] ?? 0] ?? 0) * rightPart;
        const lower =
          (brightened[data[lowerLeft++] ?? 0] ?? 0) * leftPart +
          (brightened[data[lowerRight++] ?? 0] ?? 0) * rightPart;
        samples[at] = upper * upPart + lower * downPart;
      }
    }
  }
  return samples;
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
