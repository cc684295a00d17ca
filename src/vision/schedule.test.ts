import { describe, expect, it } from 'vitest';
import {
  type Box,
  confirmedIn,
  cropAround,
  type Found,
  mergeSameFaces,
  newCandidates,
  SCAN_SIZES,
  scanSizes,
} from './schedule.ts';

const at = (x: number, y: number, side: number): Box => ({ x, y, width: side, height: side });
const found = (score: number, box: Box): Found => ({ score, box });

describe('the schedule of a look', () => {
  it('searches the first frame at every size', () => {
    expect(scanSizes([], 0)).toEqual(SCAN_SIZES);
  });

  it('searches at the cheapest size while all faces stay in their places', () => {
    expect(scanSizes([at(0, 0, 0.2), at(0.5, 0, 0.2)], 2)).toEqual([96]);
  });

  it('searches at every size again when one of them is gone', () => {
    expect(scanSizes([at(0, 0, 0.2), at(0.5, 0, 0.2)], 1)).toEqual(SCAN_SIZES);
  });

  it('takes the same face at two sizes for one, and the surer of the two', () => {
    const large = found(0.4, at(0.1, 0.1, 0.8));
    const within = found(0.9, at(0.25, 0.25, 0.5));
    const beside = found(0.3, at(0.92, 0.1, 0.06));
    expect(mergeSameFaces([large, beside, within])).toEqual([within, beside]);
  });

  it('looks closely only at what it has not confirmed yet', () => {
    const known = found(0.7, at(0.1, 0.1, 0.2));
    const again = found(0.5, at(0.11, 0.1, 0.2));
    const other = found(0.3, at(0.6, 0.1, 0.2));
    expect(newCandidates([again, other], [known])).toEqual([other]);
  });

  it('bounds the closer looks at a picture that is full of what looks like faces', () => {
    const crowd = Array.from({ length: 100 }, (_, index) =>
      found(index / 100, at((index % 10) / 10, Math.floor(index / 10) / 10, 0.05)),
    );
    const looked = newCandidates(crowd, []);
    expect(looked).toHaveLength(16);
    expect(looked[0]?.score).toBe(0.99);
  });
});

describe('a closer look', () => {
  const box: Box = { x: 0.4, y: 0.3, width: 0.1, height: 0.2 };
  const crop = cropAround(box, 480, 240);

  it('is a square around the middle of the box', () => {
    expect(crop.left + crop.side / 2).toBeCloseTo(0.45 * 480);
    expect(crop.top + crop.side / 2).toBeCloseTo(0.4 * 240);
    expect(crop.side).toBeCloseTo(1.8 * 48);
  });

  it('gives the box back in parts of the frame', () => {
    const part = (pixels: number) => pixels / crop.side;
    const inCrop = {
      x: part(0.4 * 480 - crop.left),
      y: part(0.3 * 240 - crop.top),
      width: part(48),
      height: part(48),
    };
    const confirmed = confirmedIn([found(0.8, inCrop)], crop, 480, 240);
    expect(confirmed?.box.x).toBeCloseTo(box.x);
    expect(confirmed?.box.y).toBeCloseTo(box.y);
    expect(confirmed?.box.width).toBeCloseTo(box.width);
    expect(confirmed?.box.height).toBeCloseTo(box.height);
  });

  it('confirms nothing by a face at its edge, or by something small within', () => {
    expect(confirmedIn([found(0.9, at(0, 0.3, 0.4))], crop, 480, 240)).toBeNull();
    expect(confirmedIn([found(0.9, at(0.45, 0.45, 0.1))], crop, 480, 240)).toBeNull();
    expect(confirmedIn([], crop, 480, 240)).toBeNull();
  });
});
