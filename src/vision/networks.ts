import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import { AgeGenderNet, env, TinyFaceDetectorOptions } from 'face-api.js/dist/face-api.esm-nobundle.js';
import { FusedDetector } from './fused-detector.ts';
import type { Backend, SeenFace } from './messages.ts';
import { faceOfFrame, type LitFrame, lit, partOfFrame, wholeFrame } from './sampling.ts';
import {
  type Box,
  CANDIDATE_SCORE,
  CLOSER_LOOK_SIZE,
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

/** Side of the picture that the age and gender network takes, in pixels. */
const FACE_SIZE = 112;

export interface Networks {
  /** The faces in a frame. `known` are the boxes of the frame before it in the same look: they are looked at again in their places. */
  readonly findFaces: (
    picture: ImageData,
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

  async function findFaces(picture: ImageData, demographicsOf: number, known: readonly Box[]) {
    const frame = lit(picture);
    const faces = await locate(frame, known);
    // Age and gender of somebody who did not agree are not even computed: with more faces than yeses, of nobody.
    const mayEstimate = faces.length <= demographicsOf;
    const seen: SeenFace[] = [];
    for (const { score, box } of faces) {
      seen.push({ box, score, estimate: mayEstimate ? await estimateOf(frame, box) : null });
    }
    return seen;
  }

  /** Every face is seen twice: by a pass over the window or in the frame before, and from close by. */
  async function locate(frame: LitFrame, known: readonly Box[]): Promise<Found[]> {
    const confirmed = await lookCloser(frame, known, scoreNeeded(true));
    const candidates: Found[] = [];
    for (const size of scanSizes(known, confirmed.length)) {
      candidates.push(...(await detect(wholeFrame(frame, size), size, CANDIDATE_SCORE)));
    }
    const fresh = newCandidates(candidates, confirmed).map(({ box }) => box);
    confirmed.push(...(await lookCloser(frame, fresh, scoreNeeded(false))));
    return mergeSameFaces(confirmed);
  }

  async function lookCloser(frame: LitFrame, boxes: readonly Box[], score: number): Promise<Found[]> {
    const { width, height } = frame.picture;
    const confirmed: Found[] = [];
    for (const box of boxes) {
      const crop = cropAround(box, width, height);
      const found = await detect(partOfFrame(frame, CLOSER_LOOK_SIZE, crop), CLOSER_LOOK_SIZE, score);
      const face = confirmedIn(found, crop, width, height);
      if (face !== null) confirmed.push(face);
    }
    return confirmed;
  }

  async function detect(samples: Float32Array, inputSize: number, scoreThreshold: number): Promise<Found[]> {
    const options = new TinyFaceDetectorOptions({ inputSize, scoreThreshold });
    const found = await usingOnce(samples, inputSize, (picture) => detector.locateFaces(picture, options));
    return found.map(({ score, relativeBox: { x, y, width, height } }) => ({
      score,
      box: { x, y, width, height },
    }));
  }

  async function estimateOf(frame: LitFrame, box: Box) {
    const face = faceOfFrame(frame, FACE_SIZE, box);
    const predicted = await usingOnce(face, FACE_SIZE, (picture) => ageGender.predictAgeAndGender(picture));
    const one = Array.isArray(predicted) ? predicted[0] : predicted;
    if (one === undefined) return null;
    const { age, gender, genderProbability } = one;
    return {
      ageYears: age,
      femaleProbability: gender === 'female' ? genderProbability : 1 - genderProbability,
    };
  }

  /** Compiles everything that a look will need, on blank input. A shader is for one size; WASM is for all. */
  async function warm(): Promise<void> {
    for (const size of backend === 'webgl' ? SCAN_SIZES : SCAN_SIZES.slice(0, 1))
      await detect(blank(size), size, CANDIDATE_SCORE);
    await usingOnce(blank(FACE_SIZE), FACE_SIZE, (picture) => ageGender.predictAgeAndGender(picture));
  }

  await warm();
  return { findFaces };
}

/** The samples as a picture for a network, and wiped after that: their memory may outlive the worker in the browser's store of freed memory. */
async function usingOnce<Result>(
  samples: Float32Array,
  side: number,
  use: (picture: tf.Tensor3D) => Promise<Result>,
): Promise<Result> {
  const picture = tf.tensor3d(samples, [side, side, 3]);
  try {
    return await use(picture);
  } finally {
    picture.dispose();
    samples.fill(0);
  }
}

function blank(side: number): Float32Array {
  return new Float32Array(side * side * 3);
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
