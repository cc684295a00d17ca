import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Backend, SeenFrame } from './eyes.ts';
import { installAside } from './install-aside.ts';

/** Installed aside when this bench runs: together larger than all that the program needs. */
const PACKAGES = [
  'face-api-original@npm:face-api.js@0.22.2',
  '@vladmandic/face-api@1.7.15',
  '@vladmandic/human@3.3.6',
  '@tensorflow/tfjs-backend-wasm@4.22.0',
  '@mediapipe/tasks-vision@1.1.0',
  '@mediapipe/face_detection@0.4.1657300184',
] as const;

/** Another program that finds faces in a browser. */
export interface Peer {
  readonly name: string;
  /** Runs in the page: loads it, and leaves `window.findFaces`. Throws where it cannot run, and says why. */
  readonly start: (backend: Backend) => Promise<void>;
  /** Whether it tells age and gender too. */
  readonly estimates: boolean;
}

export const PEERS: readonly Peer[] = [
  { name: 'face-api.js-0.22.2', start: startOriginal, estimates: true },
  { name: 'human-3.3.6', start: startHuman, estimates: true },
  { name: 'mediapipe-tasks-vision-1.1.0', start: startMediaPipe, estimates: false },
];

export async function installPeers(): Promise<string> {
  return join(await installAside(PACKAGES), '/');
}

interface PeerBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PeerPage {
  findFaces: (picture: HTMLCanvasElement) => Promise<PeerBox[]>;
}

/** One look with what was started in this page. What is timed is finding faces, not decoding the picture. */
export async function lookWithPeer(page: Page, frames: readonly Buffer[]): Promise<readonly SeenFrame[]> {
  return page.evaluate(
    async (pictures) => {
      const { findFaces } = window as unknown as PeerPage;
      const seen: SeenFrame[] = [];
      for (const base64 of pictures) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const canvas = document.createElement('canvas');
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        const started = performance.now();
        const boxes = await findFaces(canvas);
        const ms = performance.now() - started;
        seen.push({ faces: boxes.map((box) => ({ box, score: 1, estimate: null, stir: 0 })), ms });
      }
      return seen;
    },
    frames.map((frame) => frame.toString('base64')),
  );
}

/** Runs in the page. As its README shows: all faces of the whole picture with its default detector, and age and gender of each. */
async function startOriginal(backend: 'webgl' | 'wasm'): Promise<void> {
  if (backend === 'wasm') throw new Error('the TensorFlow.js 1.7 inside it has no WASM backend');
  interface Detected {
    detection: { relativeBox: PeerBox };
  }
  interface Original {
    nets: Record<'ssdMobilenetv1' | 'ageGenderNet', { loadFromUri: (uri: string) => Promise<void> }>;
    tf: { setBackend: (name: string) => Promise<boolean> | boolean; getBackend: () => string };
    detectAllFaces: (picture: HTMLCanvasElement) => { withAgeAndGender: () => PromiseLike<Detected[]> };
  }
  const script = document.createElement('script');
  script.src = '/peers/face-api-original/dist/face-api.min.js';
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const { faceapi } = window as unknown as { faceapi: Original };
  await faceapi.tf.setBackend('webgl');
  if (faceapi.tf.getBackend() !== 'webgl') throw new Error('WebGL did not start');
  await faceapi.nets.ssdMobilenetv1.loadFromUri('/peers/@vladmandic/face-api/model');
  await faceapi.nets.ageGenderNet.loadFromUri('/peers/@vladmandic/face-api/model');
  (window as unknown as PeerPage).findFaces = async (picture) => {
    const found = await faceapi.detectAllFaces(picture).withAgeAndGender();
    return found.map(({ detection: { relativeBox } }) => ({
      x: relativeBox.x,
      y: relativeBox.y,
      width: relativeBox.width,
      height: relativeBox.height,
    }));
  };
}

/** Runs in the page. Its face detector and the network that tells age and gender; everything else that it can do is off. */
async function startHuman(backend: 'webgl' | 'wasm'): Promise<void> {
  interface Human {
    load: () => Promise<void>;
    detect: (
      picture: HTMLCanvasElement,
    ) => Promise<{ face: { boxRaw: [number, number, number, number] }[]; error?: string }>;
    tf: { getBackend: () => string };
  }
  const path = '/peers/@vladmandic/human/dist/human.esm.js';
  const { Human } = (await import(path)) as { Human: new (config: unknown) => Human };
  const off = { enabled: false };
  const human = new Human({
    backend,
    wasmPath: '/peers/@tensorflow/tfjs-backend-wasm/dist/',
    modelBasePath: '/peers/@vladmandic/human/models/',
    cacheModels: false,
    cacheSensitivity: 0,
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { rotation: false, maxDetected: 10, skipFrames: 0, skipTime: 0 },
      mesh: off,
      iris: off,
      emotion: off,
      attention: off,
      antispoof: off,
      liveness: off,
      description: { enabled: true, skipFrames: 0, skipTime: 0 },
    },
  });
  await human.load();
  (window as unknown as PeerPage).findFaces = async (picture) => {
    const { face, error } = await human.detect(picture);
    if (error) throw new Error(error);
    if (human.tf.getBackend() !== backend) throw new Error(`it runs on ${human.tf.getBackend()}`);
    return face.map(({ boxRaw: [x, y, width, height] }) => ({ x, y, width, height }));
  };
}

/** Runs in the page. It has no age and no gender. */
async function startMediaPipe(backend: 'webgl' | 'wasm'): Promise<void> {
  interface Detector {
    detect: (picture: HTMLCanvasElement) => {
      detections: { boundingBox: { originX: number; originY: number; width: number; height: number } }[];
    };
  }
  interface TasksVision {
    FilesetResolver: { forVisionTasks: (path: string) => Promise<unknown> };
    FaceDetector: { createFromOptions: (files: unknown, options: unknown) => Promise<Detector> };
  }
  const path = '/peers/@mediapipe/tasks-vision/vision_bundle.mjs';
  const { FilesetResolver, FaceDetector } = (await import(path)) as TasksVision;
  const files = await FilesetResolver.forVisionTasks('/peers/@mediapipe/tasks-vision/wasm');
  const detector = await FaceDetector.createFromOptions(files, {
    baseOptions: {
      modelAssetPath: '/peers/@mediapipe/face_detection/face_detection_short_range.tflite',
      delegate: backend === 'webgl' ? 'GPU' : 'CPU',
    },
    runningMode: 'IMAGE',
  });
  (window as unknown as PeerPage).findFaces = async (picture) =>
    detector.detect(picture).detections.map(({ boundingBox: { originX, originY, width, height } }) => ({
      x: originX / picture.width,
      y: originY / picture.height,
      width: width / picture.width,
      height: height / picture.height,
    }));
}
