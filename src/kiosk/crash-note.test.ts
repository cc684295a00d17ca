import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '#tablet';
import { noteCrash, troublesAfter } from './crash-note.ts';
import { watchTroubles } from './troubles.ts';
import type { Step } from './visit/step.ts';

let told: (Problem | null)[];

beforeEach(() => {
  told = [];
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The page is loaded; what it shows step by step. */
function load(...steps: Step[]): void {
  const crash = troublesAfter(watchTroubles((problem) => told.push(problem)));
  for (const step of steps) crash.seen(step);
}

describe('staff hear of a kiosk that crashed', () => {
  it('from the moment on that it is loaded again, before anything is drawn', () => {
    load();
    expect(told).toEqual([]);
    noteCrash();
    load();
    load('attract');
    expect(told).toEqual(['crashed', 'crashed']);
  });

  it('until a yes has got to its end, since a no sees only the first screens', () => {
    noteCrash();
    load('attract', 'choose', 'declined', 'attract', 'choose', 'result', 'receipt');
    expect(told).toEqual(['crashed']);
    load('attract', 'choose', 'result', 'receipt', 'attract');
    expect(told).toEqual(['crashed', 'crashed', null]);
    load('attract');
    expect(told).toHaveLength(3);
  });

  it('also after a visit that was left, or that ended in a rest: it did not get to where the kiosk crashed', () => {
    noteCrash();
    load('attract', 'choose', 'attract', 'choose', 'looking', 'resting', 'attract');
    expect(told).toEqual(['crashed']);
  });

  it('also after a visit whose receipt came because the tablet could not go on', () => {
    noteCrash();
    load(
      'attract',
      'choose',
      'looking',
      'receipt',
      'attract',
      'choose',
      'result',
      'attract',
      'choose',
      'receipt',
    );
    expect(told).toEqual(['crashed']);
  });

  it('or hear nothing where the browser keeps no notes', () => {
    vi.stubGlobal('sessionStorage', {
      getItem: () => {
        throw new DOMException('', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('', 'SecurityError');
      },
    });
    noteCrash();
    load('attract');
    expect(told).toEqual([]);
  });
});
