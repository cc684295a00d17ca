import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConsentWindow,
  consentWindowFor,
  movedPlace,
  WIDEST_PLACE,
  WINDOW_MOVES,
  type WindowMove,
} from './consent-window.ts';

const moves = fc.array(fc.constantFrom(...WINDOW_MOVES), { maxLength: 20 });
const side = fc.integer({ min: 120, max: 4_096 });
const placeAfter = (taps: readonly WindowMove[]) => taps.reduce(movedPlace, WIDEST_PLACE);
const windowAfter = (...taps: readonly WindowMove[]) => consentWindowFor(1280, 720, placeAfter(taps));
const bottom = ({ y, height }: ConsentWindow) => y + height;

describe('the consent window', () => {
  it('lies within the picture, whatever its shape and whatever was tapped', () => {
    fc.assert(
      fc.property(side, side, moves, (width, height, taps) => {
        const window = consentWindowFor(width, height, placeAfter(taps));
        expect(Math.min(window.x, window.y)).toBeGreaterThan(0.03);
        expect(Math.max(window.x + window.width, bottom(window))).toBeLessThan(0.97);
      }),
    );
  });

  it('goes up and down, and then shows what was at the edge of the largest', () => {
    const [widest, up, down] = [windowAfter(), windowAfter('up'), windowAfter('down')];
    expect(up.y).toBeCloseTo(widest.y);
    expect(bottom(up)).toBeLessThan(bottom(widest));
    expect(bottom(down)).toBeCloseTo(bottom(widest));
    expect(down.y).toBeGreaterThan(widest.y);
  });

  it('gets smaller where it stands, and larger as far as the picture lets it', () => {
    const low = windowAfter('smaller', 'smaller', 'down', 'down');
    expect(low.height).toBeLessThan(0.5);
    expect(bottom(low)).toBeCloseTo(bottom(windowAfter()));
    const larger = windowAfter('smaller', 'smaller', 'down', 'down', 'larger');
    expect(bottom(larger)).toBeCloseTo(bottom(low));
    expect(windowAfter('down', 'larger', 'larger')).toEqual(windowAfter());
  });

  it('stays the same thing where it can go no further, so that a screen can tell', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom(...WINDOW_MOVES), (taps, move) => {
        const end = placeAfter([...taps, ...Array<WindowMove>(5).fill(move)]);
        expect(movedPlace(end, move)).toBe(end);
      }),
    );
  });

  it('is taken back by the opposite, once it has room to move', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom('up', 'down'), (taps, move) => {
        const start = placeAfter([...taps, 'smaller']);
        const moved = movedPlace(start, move);
        fc.pre(moved !== start);
        expect(movedPlace(moved, move === 'up' ? 'down' : 'up')).toEqual(start);
      }),
    );
  });
});
