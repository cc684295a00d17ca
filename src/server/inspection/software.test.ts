import { expect, it } from 'vitest';
import { unknownNetworks } from './software.ts';

it('knows the networks of a build, and each that is none of ours', () => {
  const built = (...networks: string[]) => ({ parts: 1, networks, versions: {} });
  const ours = ['models/age_gender_model.bin', 'models/tiny_face_detector_model.bin'];
  expect(unknownNetworks(built(...ours))).toBe(0);
  expect(unknownNetworks(built(...ours, 'models/face_recognition_model.bin'))).toBe(1);
  expect(unknownNetworks(null)).toBe(0);
});
