import { describe, expect, it } from 'vitest';
import { readLabel } from './read-label.ts';

describe("a picture's name", () => {
  it('tells age, gender and group as UTKFace writes them', () => {
    expect(readLabel('26_1_2_20170116174525125.jpg.chip.jpg')).toEqual({
      ageYears: 26,
      gender: 'female',
      ethnicGroup: 'Asian',
    });
    expect(readLabel('100_0_0_20170112213500903.jpg')).toEqual({
      ageYears: 100,
      gender: 'male',
      ethnicGroup: 'White',
    });
  });

  it('may leave the group out, as some names in UTKFace do', () => {
    expect(readLabel('61_1_20170109142408075.jpg.chip.jpg')?.ethnicGroup).toBeNull();
    expect(readLabel('7_0_anna.png')).toEqual({ ageYears: 7, gender: 'male', ethnicGroup: null });
  });

  it.each([
    'anna.jpg',
    '26_f_2_x.jpg',
    '26.jpg',
    '999_1_2_x.jpg',
    '26_1_2_x.txt',
    '.26_1_2_x.jpg',
    '26_1.jpg',
  ])('is not a label: %s', (name) => {
    expect(readLabel(name)).toBeNull();
  });
});
