import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  descriptorUses,
  type EmittedFile,
  forbiddenWeights,
  foreignOrigins,
  isAllowedModel,
  type KnownWeights,
} from './promises.ts';

const MODELS = 'node_modules/face-api.js/model';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const model = (name: string): Uint8Array => readFileSync(`${MODELS}/${name}`);
const file = (path: string, text: string): EmittedFile => ({ path, bytes: new TextEncoder().encode(text) });

const detector = model('tiny_face_detector_model.bin');
const recognition = model('face_recognition_model.bin');
const known: KnownWeights = {
  allowed: new Set([sha256(detector)]),
  forbidden: new Set([sha256(recognition)]),
};
const judgeWeights = (path: string, bytes: Uint8Array) => forbiddenWeights([{ path, bytes }], known, sha256);

describe('the weights in the bundle', () => {
  it('may be those of the tiny face detector', () => {
    expect(judgeWeights('models/tiny_face_detector_model.bin', detector)).toEqual([]);
  });

  it.each([
    'face_recognition_model.bin',
    'ssd_mobilenetv1_model.bin',
    'face_landmark_68_model.bin',
    'face_expression_model.bin',
  ])('may not be %s', (name) => {
    expect(isAllowedModel(name)).toBe(false);
    expect(judgeWeights(`models/${name}`, model(name))).toHaveLength(1);
  });

  it('may not be the recognition network under the name of the detector', () => {
    expect(judgeWeights('models/tiny_face_detector_model.bin', recognition)).toHaveLength(1);
  });

  it('may not be the recognition network dressed up as a picture', () => {
    expect(judgeWeights('assets/logo.png', recognition)).toHaveLength(1);
  });

  it('may not be those of a network that nobody knows', () => {
    expect(judgeWeights('models/better.bin', new Uint8Array([1, 2, 3]))).toHaveLength(1);
    expect(judgeWeights('models/better.onnx', new Uint8Array([1, 2, 3]))).toHaveLength(1);
  });
});

describe('our sources', () => {
  it.each([
    'await net.computeFaceDescriptor(face);',
    'await nets.faceRecognitionNet.loadFromUri("/models");',
    'new FaceRecognitionNet();',
    'detectAllFaces(input).withFaceLandmarks().withFaceDescriptors();',
    'new FaceMatcher(known);',
  ])('may not say %s', (text) => {
    expect(descriptorUses([{ path: 'src/vision/x.ts', text }])).toHaveLength(1);
  });

  it('may ask for boxes, age and gender', () => {
    const text = 'new TinyFaceDetector(); new AgeGenderNet().predictAgeAndGender(face);';
    expect(descriptorUses([{ path: 'src/vision/x.ts', text }])).toEqual([]);
  });
});

describe('the origins in the bundle', () => {
  it.each([
    file('index.html', '<script src="https://cdn.example/a.js"></script>'),
    file('index.html', '<link rel=stylesheet href=//fonts.example/a.css>'),
    file('assets/a.css', '@import url(https://fonts.example/a.css);'),
    file('assets/a.css', 'a{background:url("http://pictures.example/a.png")}'),
    file('assets/a.js', 'import("https://cdn.example/a.js")'),
    file('assets/a.js', 'import a from"https://cdn.example/a.js"'),
    file('assets/a.js', 'fetch("https://tracker.example/hit")'),
    file('assets/a.js', 'const font="fonts.googleapis.com"'),
  ])('may not be another one: $path', (emitted) => {
    expect(foreignOrigins([emitted])).toHaveLength(1);
  });

  it('may be named where nothing is fetched', () => {
    const link = file(
      'assets/a.js',
      'a.href="https://www.dataprotection.ie";const ns="http://www.w3.org/2000/svg"',
    );
    expect(foreignOrigins([link, file('index.html', '<script src="/assets/a.js"></script>')])).toEqual([]);
  });
});
