import { describe, expect, it } from 'vitest';
import type { Problem } from '#tablet';
import { watchTroubles } from './troubles.ts';

describe('the troubles of a kiosk', () => {
  it('are told gravest first, and gone once each is over', () => {
    const told: (Problem | null)[] = [];
    const troubles = watchTroubles((problem) => told.push(problem));
    troubles.set('camera-failing', true);
    troubles.set('storage-full', true);
    troubles.set('vision-unavailable', true);
    troubles.set('storage-full', false);
    troubles.set('vision-unavailable', false);
    troubles.set('camera-failing', false);
    expect(told).toEqual(['camera-failing', 'storage-full', 'vision-unavailable', 'camera-failing', null]);
  });

  it('are told once, however often they are seen', () => {
    const told: (Problem | null)[] = [];
    const troubles = watchTroubles((problem) => told.push(problem));
    troubles.set('camera-failing', false);
    troubles.set('camera-failing', true);
    troubles.set('camera-failing', true);
    expect(told).toEqual(['camera-failing']);
  });
});
