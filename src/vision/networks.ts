import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import {
  AgeGenderNet,
  env,
  TinyFaceDetector,
  TinyFaceDetectorOptions,
} from 'face-api.js/dist/face-api.esm-nobundle.js';
import type { SeenFace } from './messages.ts';
import { fetchWeights, MODELS_PATH } from './weights.ts';

/** One input size misses a face that fills the window, the other a small one (docs/architecture.md), so each frame is seen at both. */
const INPUT_SIZES = [160, 320] as const;
const SCORE_THRESHOLD = 0.5;
/** Two boxes that share this much are one face. */
const SAME_FACE_OVERLAP = 0.3;
/** The age and gender network was trained on faces with some hair and chin around them. */
const FACE_MARGIN = 0.15;
/** Height of a frame as `camera` cuts it, for warming up with the same sizes. */
const TYPICAL_FRAME_SIDE = 480;

export interface Networks {
  readonly findFaces: (frame: tf.Tensor3D, demographicsOf: number) => Promise<SeenFace[]>;
  readonly dispose: () => void;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// A worker has no page, so face-api.js is told what stands in for its elements. Only `fetch` and the classes are ever used.
env.setEnv({
  Canvas: OffscreenCanvas,
  CanvasRenderingContext2D: OffscreenCanvasRenderingContext2D,
  Image: ImageBitmap,
  ImageData,
  Video: class {},
  createCanvasElement: () => new OffscreenCanvas(1, 1),
  createImageElement: () => new OffscreenCanvas(1, 1),
  createVideoElement: () => new OffscreenCanvas(1, 1),
  fetch: fetchWeights,
  readFile: () => Promise.reject(new Error('There are no files here.')),
});

/** Loads the detector and the age and gender network from our own origin. */
export async function loadNetworks(): Promise<Networks> {
  const detector = new TinyFaceDetector();
  const ageGender = new AgeGenderNet();
  await Promise.all([detector.loadFromUri(MODELS_PATH), ageGender.loadFromUri(MODELS_PATH)]);

  async function findFaces(frame: tf.Tensor3D, demographicsOf: number): Promise<SeenFace[]> {
    const found: Found[] = [];
    for (const inputSize of INPUT_SIZES) {
      const options = new TinyFaceDetectorOptions({ inputSize, scoreThreshold: SCORE_THRESHOLD });
      for (const detection of await detector.locateFaces(frame, options)) found.push(detection);
    }
    const faces = mergeSameFaces(found);
    // Age and gender of somebody who did not agree are not even computed: with more faces than yeses, of nobody.
    const mayEstimate = faces.length <= demographicsOf;
    const seen: SeenFace[] = [];
    for (const { score, relativeBox } of faces) {
      const { x, y, width, height } = relativeBox;
      const estimate = mayEstimate ? await estimateOf(frame, relativeBox) : null;
      seen.push({ box: { x, y, width, height }, score, estimate });
    }
    return seen;
  }

  async function estimateOf(frame: tf.Tensor3D, box: Box) {
    const face = tf.tidy(() => cropFace(frame, box));
    try {
      const predicted = await ageGender.predictAgeAndGender(face);
      const one = Array.isArray(predicted) ? predicted[0] : predicted;
      if (one === undefined) return null;
      const { age, gender, genderProbability } = one;
      return {
        ageYears: age,
        femaleProbability: gender === 'female' ? genderProbability : 1 - genderProbability,
      };
    } finally {
      face.dispose();
    }
  }

  await warm(findFaces, ageGender);
  return {
    findFaces,
    dispose: () => {
      detector.dispose(false);
      ageGender.dispose(false);
    },
  };
}

/** Compiles every shader that a look will need, on blank input. */
async function warm(findFaces: Networks['findFaces'], ageGender: AgeGenderNet): Promise<void> {
  const blank = tf.zeros<tf.Rank.R3>([TYPICAL_FRAME_SIDE, TYPICAL_FRAME_SIDE, 3], 'int32');
  await findFaces(blank, 0);
  await ageGender.predictAgeAndGender(blank);
  blank.dispose();
}

interface Found {
  readonly score: number;
  readonly relativeBox: Box;
}

/** Non-maximum suppression over both sizes: of boxes that overlap, the surest stays. */
function mergeSameFaces(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const face of found.toSorted((a, b) => b.score - a.score)) {
    const isKnown = kept.some((other) => sameFace(face.relativeBox, other.relativeBox));
    if (!isKnown) kept.push(face);
  }
  return kept;
}

/** Boxes from two input sizes can differ so much in extent that one lies within the other: that is one face as well. */
function sameFace(a: Box, b: Box): boolean {
  const overlapWidth = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const overlapHeight = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (overlapWidth <= 0 || overlapHeight <= 0) return false;
  const shared = overlapWidth * overlapHeight;
  const [areaA, areaB] = [a.width * a.height, b.width * b.height];
  const smaller = Math.min(areaA, areaB);
  return shared / (areaA + areaB - shared) >= SAME_FACE_OVERLAP || shared / smaller >= 2 * SAME_FACE_OVERLAP;
}

function cropFace(frame: tf.Tensor3D, box: Box): tf.Tensor3D {
  const [height, width] = frame.shape;
  const margin = FACE_MARGIN * Math.max(box.width * width, box.height * height);
  const left = clamp(box.x * width - margin, 0, width - 1);
  const top = clamp(box.y * height - margin, 0, height - 1);
  const right = clamp((box.x + box.width) * width + margin, left + 1, width);
  const bottom = clamp((box.y + box.height) * height + margin, top + 1, height);
  return frame.slice([top, left, 0], [bottom - top, right - left, 3]);
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
