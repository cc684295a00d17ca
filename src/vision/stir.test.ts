import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { watchStirs } from './stir.ts';

/** What `counting` takes for alive. */
const LEAST_STIR = 2.5;
/** Half of a frame's side, so that many looks are drawn in seconds. */
const SIDE = 240;
/** A face is 15 cm wide: at this size, a window of 60 cm is seen. */
const FACE_WIDTH = 60;
const PIXELS_PER_MM = FACE_WIDTH / 150;
const FRAME_MS = 250;
const FRAMES = 12;
/** How long a head takes to sway back. */
const SWAY_MS = 1_000;
/** The head and shoulders in the photograph, and the face in them. */
const PHOTO = { name: 'sample6.jpg', left: 600, top: 190, width: 460, height: 660 } as const;
const FACE = { x: 0.3, y: 0.16, width: 0.42, height: 0.42 } as const;

interface Person {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
let person: Person;

beforeAll(async () => {
  const demo = join(dirname(createRequire(import.meta.url).resolve('face-api.js/package.json')), 'demo');
  const { data, info } = await sharp(join(demo, PHOTO.name))
    .extract(PHOTO)
    .resize({ width: Math.round(FACE_WIDTH / FACE.width) })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  person = { width: info.width, height: info.height, data };
});

/** The same numbers in every run (mulberry32, by Tommy Ettinger). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Scene {
  /** Root mean square of how far the head is from its middle. A picture on a wall: 0. */
  readonly swayMm: number;
  /** Standard deviation of each pixel, in levels of 256. */
  readonly noise: number;
  /** How much brighter each frame is than the first. */
  readonly light?: (frame: number) => number;
}

/** The share of looks in which the face is taken for alive. */
function aliveIn({ swayMm, noise, light = () => 1 }: Scene, looks: number) {
  const random = seeded(20_261_125);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const scatter = Float32Array.from({ length: 4_096 }, normal);
  const left = (SIDE - person.width) / 2;
  const top = SIDE - person.height;
  const box = {
    x: (left + FACE.x * person.width) / SIDE,
    y: (top + FACE.y * person.height) / SIDE,
    width: (FACE.width * person.width) / SIDE,
    height: (FACE.height * person.height) / SIDE,
  };
  let alive = 0;
  for (let look = 0; look < looks; look += 1) {
    const watch = watchStirs();
    // Mean-reverting, as balance is; wider than high.
    const keeps = Math.exp(-FRAME_MS / SWAY_MS);
    const nudge = Math.sqrt(1 - keeps ** 2);
    let [x, y] = [normal(), normal()];
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const by = swayMm * PIXELS_PER_MM;
      const offset = { x: left + x * by, y: top + (y * by) / 2 };
      const data = drawn(offset, light(frame), () => noise * (scatter[Math.floor(random() * 4_096)] ?? 0));
      const [stir = 0] = watch.stirs({ width: SIDE, height: SIDE, data }, [box], frame * FRAME_MS);
      if (stir >= LEAST_STIR) {
        alive += 1;
        break;
      }
      x = keeps * x + nudge * normal();
      y = keeps * y + nudge * normal();
    }
  }
  return { share: alive / looks };
}

/** A person before a wall, between whole pixels too. */
function drawn(at: { x: number; y: number }, light: number, noise: () => number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const [px, py] = [x - at.x, y - at.y];
      const isPerson = px >= 0 && py >= 0 && px < person.width - 1 && py < person.height - 1;
      const wall = 150 + 40 * Math.sin(x / 37) + (y > 200 ? -60 : 0);
      const by = noise();
      for (let channel = 0; channel < 3; channel += 1) {
        data[(y * SIDE + x) * 4 + channel] = (isPerson ? levelAt(px, py, channel) : wall) * light + by;
      }
    }
  }
  return data;
}

function levelAt(x: number, y: number, channel: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const at = (dx: number, dy: number) =>
    person.data[((row + dy) * person.width + column + dx) * 3 + channel] ?? 0;
  const [right, down] = [x - column, y - row];
  const upper = at(0, 0) * (1 - right) + at(1, 0) * right;
  const lower = at(0, 1) * (1 - right) + at(1, 1) * right;
  return upper * (1 - down) + lower * down;
}
describe('a face', () => {
  it.each([
    { scene: 'a good camera', noise: 3 },
    { scene: 'a poor one', noise: 8 },
    { scene: 'lamps that flicker', noise: 3, light: (frame: number) => 1 + 0.05 * (frame % 2) },
    {
      scene: 'a camera that looks for its exposure',
      noise: 3,
      light: (frame: number) => Math.min(1, 0.5 + frame / 10),
    },
  ])('in a picture on the wall is never alive, with $scene', (scene) => {
    expect(aliveIn({ swayMm: 0, ...scene }, 15).share).toBe(0);
  });

  it.each([
    { camera: 'a good camera', noise: 3, swayMm: 1 },
    { camera: 'a poor one', noise: 8, swayMm: 2 },
  ])('of somebody who sways by $swayMm mm is always alive, with $camera', (scene) => {
    expect(aliveIn(scene, 40)).toMatchObject({ share: 1 });
  });

  it('is not compared over a change of the window', () => {
    const watch = watchStirs();
    const box = { x: 0.2, y: 0.2, width: 0.5, height: 0.5 };
    const grey = (side: number, level: number) => ({
      width: side,
      height: side,
      data: new Uint8ClampedArray(side * side * 4).fill(level),
    });
    watch.stirs(grey(SIDE, 90), [box], 0);
    expect(watch.stirs(grey(SIDE / 2, 200), [box], 500)).toEqual([0]);
  });
});
