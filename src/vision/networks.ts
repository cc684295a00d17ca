import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import { AgeGenderNet, env, TinyFaceDetectorOptions } from 'face-api.js/dist/face-api.esm-nobundle.js';
import { FusedDetector } from './fused-detector.ts';
import type { Backend, SeenFace } from './messages.ts';
import {
  type Box,
  CANDIDATE_SCORE,
  CLOSER_LOOK_SIZE,
  type Crop,
  confirmedIn,
  cropAround,
  type Found,
  mergeSameFaces,
  newCandidates,
  SCAN_SIZES,
  scanSizes,
  scoreNeeded,
} from './schedule.ts';
import type { Weights } from './weights.ts';

/** The age and gender network was trained on faces with some hair and chin around them. */
const FACE_MARGIN = 0.15;
/** Height of a frame as `camera` cuts it, for warming up with the same sizes. */
const TYPICAL_FRAME_SIDE = 480;

/** A frame that is darker than this, on average, is brightened to it, by this factor at most: noise grows with it. */
const WANTED_BRIGHTNESS = 90;
const MAX_BRIGHTENING = 6;

export interface Networks {
  /** The faces in a frame. `known` are the boxes of the frame before it in the same look: they are looked at again in their places. */
  readonly findFaces: (
    frame: tf.Tensor3D,
    demographicsOf: number,
    known: readonly Box[],
  ) => Promise<SeenFace[]>;
}

// A worker has no page, so face-api.js is told what stands in for its elements. Only the classes are ever used: it loads nothing by itself.
env.setEnv({
  Canvas: OffscreenCanvas,
  CanvasRenderingContext2D: OffscreenCanvasRenderingContext2D,
  Image: ImageBitmap,
  ImageData,
  Video: class {},
  createCanvasElement: () => new OffscreenCanvas(1, 1),
  createImageElement: () => new OffscreenCanvas(1, 1),
  createVideoElement: () => new OffscreenCanvas(1, 1),
  fetch: () => Promise.reject(new Error('Weights are loaded elsewhere.')),
  readFile: () => Promise.reject(new Error('There are no files here.')),
});

/** Makes the detector and the age and gender network of their weights, and warms them up. */
export async function startNetworks(weights: Weights, backend: Backend): Promise<Networks> {
  const detector = new FusedDetector();
  const ageGender = new AgeGenderNet();
  detector.loadFromWeightMap(await decode(weights, 'tiny_face_detector_model'));
  ageGender.loadFromWeightMap(await decode(weights, 'age_gender_model'));

  async function findFaces(frame: tf.Tensor3D, demographicsOf: number, known: readonly Box[]) {
    const lit = brighten(frame);
    try {
      const faces = await locate(lit, known);
      // Age and gender of somebody who did not agree are not even computed: with more faces than yeses, of nobody.
      const mayEstimate = faces.length <= demographicsOf;
      const seen: SeenFace[] = [];
      for (const { score, box } of faces) {
        seen.push({ box, score, estimate: mayEstimate ? await estimateOf(lit, box) : null });
      }
      return seen;
    } finally {
      lit.dispose();
    }
  }

  /** Every face is seen twice: by a pass over the window or in the frame before, and from close by. */
  async function locate(frame: tf.Tensor3D, known: readonly Box[]): Promise<Found[]> {
    const confirmed = await lookCloser(frame, known, scoreNeeded(true));
    const candidates: Found[] = [];
    for (const size of scanSizes(known, confirmed.length)) {
      candidates.push(...(await detect(frame, size, CANDIDATE_SCORE)));
    }
    const fresh = newCandidates(candidates, confirmed);
    confirmed.push(
      ...(await lookCloser(
        frame,
        fresh.map(({ box }) => box),
        scoreNeeded(false),
      )),
    );
    return mergeSameFaces(confirmed);
  }

  async function lookCloser(frame: tf.Tensor3D, boxes: readonly Box[], score: number): Promise<Found[]> {
    const [height, width] = frame.shape;
    const confirmed: Found[] = [];
    for (const box of boxes) {
      const crop = cropAround(box, width, height);
      const cut = cutSquare(frame, crop);
      const found = await detect(cut, CLOSER_LOOK_SIZE, score).finally(() => cut.dispose());
      const face = confirmedIn(found, crop, width, height);
      if (face !== null) confirmed.push(face);
    }
    return confirmed;
  }

  async function detect(picture: tf.Tensor3D, inputSize: number, scoreThreshold: number): Promise<Found[]> {
    const options = new TinyFaceDetectorOptions({ inputSize, scoreThreshold });
    const found = await detector.locateFaces(picture, options);
    return found.map(({ score, relativeBox: { x, y, width, height } }) => ({
      score,
      box: { x, y, width, height },
    }));
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

  /** Compiles everything that a look will need, on blank input. A shader is for one size; WASM is for all. */
  async function warm(): Promise<void> {
    const blank = tf.zeros<tf.Rank.R3>([TYPICAL_FRAME_SIDE, TYPICAL_FRAME_SIDE, 3], 'int32');
    const lit = brighten(blank);
    await lookCloser(lit, [{ x: 0.25, y: 0.25, width: 0.5, height: 0.5 }], scoreNeeded(true));
    for (const size of backend === 'webgl' ? SCAN_SIZES : SCAN_SIZES.slice(0, 1))
      await detect(lit, size, CANDIDATE_SCORE);
    await ageGender.predictAgeAndGender(lit);
    lit.dispose();
    blank.dispose();
  }

  await warm();
  return { findFaces };
}

/** The tensors of one network, from its two files. */
async function decode(weights: Weights, network: string): Promise<tf.NamedTensorMap> {
  const file = (name: string) => {
    const bytes = weights.get(name);
    if (bytes === undefined) throw new Error(`There is no ${name}.`);
    return bytes;
  };
  const manifest = new TextDecoder().decode(file(`${network}-weights_manifest.json`));
  const load = tf.io.weightsLoaderFactory(async (paths) =>
    paths.map((path) => file(path.split('/').at(-1) ?? '')),
  );
  return load(JSON.parse(manifest) as tf.io.WeightsManifestConfig, '');
}

/** A face in a dark room, or before a bright window, has too little contrast for the detector. */
function brighten(frame: tf.Tensor3D): tf.Tensor3D {
  return tf.tidy(() => {
    const values = frame.toFloat();
    const gain = tf.div(WANTED_BRIGHTNESS, values.mean().maximum(1)).clipByValue(1, MAX_BRIGHTENING);
    return values.mul(gain).clipByValue(0, 255) as tf.Tensor3D;
  });
}

/** A square part of the frame; black where it reaches beyond. */
function cutSquare(frame: tf.Tensor3D, { left, top, side }: Crop): tf.Tensor3D {
  const [height, width] = frame.shape;
  const [lastRow, lastColumn] = [height - 1, width - 1];
  return tf.tidy(() => {
    const corners = [top / lastRow, left / lastColumn, (top + side) / lastRow, (left + side) / lastColumn];
    return tf.image
      .cropAndResize(frame.expandDims<tf.Tensor4D>(0), [corners], [0], [CLOSER_LOOK_SIZE, CLOSER_LOOK_SIZE])
      .squeeze<tf.Tensor3D>([0]);
  });
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
