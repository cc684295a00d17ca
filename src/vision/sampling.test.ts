import { describe, expect, it } from 'vitest';
import { faceOfFrame, lit, partOfFrame, wholeFrame } from './sampling.ts';

type Colour = readonly [number, number, number];

function picture(width: number, height: number, colourAt: (x: number, y: number) => Colour) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    data.set([...colourAt(at % width, Math.floor(at / width)), 255], at * 4);
  return { width, height, data };
}
const samplesOf = (samples: Float32Array) =>
  Array.from({ length: samples.length / 3 }, (_, at) => Array.from(samples.subarray(at * 3, at * 3 + 3)));
const bright: Colour = [200, 150, 100];

describe('what the networks get to see', () => {
  it('is the frame itself where it has that size', () => {
    const frame = lit(picture(8, 8, (x, y) => [100 + x, 120 + y, 140]));
    expect(samplesOf(wholeFrame(frame, 8))[8 * 3 + 5]).toEqual([105, 123, 140]);
  });

  it('is mixed between pixels, by how near they are', () => {
    const frame = lit(picture(4, 4, (x) => [100 + 40 * x, 150, 150]));
    const [first] = samplesOf(partOfFrame(frame, 2, { left: 1.25, top: 1, side: 1 }));
    expect(first).toEqual([150, 150, 150]);
  });

  it('is black beyond the frame, and beside it where it is not square', () => {
    const frame = lit(picture(4, 8, () => bright));
    const whole = samplesOf(wholeFrame(frame, 8));
    expect(whole[0]).toEqual(bright);
    expect(whole[7]).toEqual([0, 0, 0]);
    expect(samplesOf(partOfFrame(frame, 3, { left: -4, top: -4, side: 4 }))[0]).toEqual([0, 0, 0]);
  });

  it('shows a face with a margin and nothing else, in the middle', () => {
    const frame = lit(picture(100, 100, (x) => (x >= 34 && x < 66 ? bright : [0, 255, 0])));
    const side = 40;
    const face = samplesOf(faceOfFrame(frame, side, { x: 0.4, y: 0.3, width: 0.2, height: 0.4 }));
    const row = face.slice(side * 20, side * 21);
    expect(row[20]).toEqual(bright);
    expect(row.filter(([, green = 0]) => green > 200)).toEqual([]);
    expect([row[0], row.at(-1)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('is brightened where the whole frame is dark, as far as light goes', () => {
    const dark = lit(picture(8, 8, (x) => (x === 0 ? [250, 250, 250] : [10, 10, 10])));
    const [first, second] = samplesOf(wholeFrame(dark, 8));
    expect(first).toEqual([255, 255, 255]);
    expect(second?.[0]).toBeGreaterThan(15);
    const light = lit(picture(8, 8, () => bright));
    expect(samplesOf(wholeFrame(light, 8))[0]).toEqual(bright);
  });
});
