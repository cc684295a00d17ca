import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandShades, contrast, HARDEST_GROUND, READABLE_CONTRAST } from './brand.ts';

const colours = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((bits) => `#${bits.toString(16).padStart(6, '0')}`);
const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
/** What a colour meets: as text on paper and cards, and under the words of a button. */
const GROUNDS = ['paper', 'card', 'accent-ink'].map(token);

describe("a shop's own colour", () => {
  it('can be read in bright and in dark surroundings, whatever it is', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const { bright, dark } = brandShades(colour);
        for (const ground of GROUNDS) {
          expect(contrast(bright, ground.bright)).toBeGreaterThanOrEqual(READABLE_CONTRAST);
          expect(contrast(dark, ground.dark)).toBeGreaterThanOrEqual(READABLE_CONTRAST);
        }
      }),
      { examples: [['#000000'], ['#ffffff'], ['#ffff00'], ['#0000ff'], ['#00ff00'], ['#ff0000']] },
    );
  });

  it('stays as it is where it can be read', () => {
    expect(brandShades('#5b1a4b').bright).toBe('#5b1a4b');
    expect(brandShades('#ffd9a0').dark).toBe('#ffd9a0');
  });

  it('goes no further from itself than it has to', () => {
    expect(contrast(brandShades('#e4007c').bright, HARDEST_GROUND.bright)).toBeLessThan(7.5);
    expect(contrast(brandShades('#e4007c').dark, HARDEST_GROUND.dark)).toBeLessThan(7.5);
  });

  it('meets the grounds that the tokens have', () => {
    expect(HARDEST_GROUND).toEqual({ bright: token('paper').bright, dark: token('card').dark });
  });
});

describe('the contrast of two colours', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
    expect(contrast('#336699', '#336699')).toBe(1);
  });

  it('is just over 4.5 for the grey that is known for it', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

function token(name: string): { readonly bright: string; readonly dark: string } {
  const [, bright = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens) ?? [];
  return { bright, dark };
}
