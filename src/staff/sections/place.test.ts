import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPlace, writePlace } from './place.ts';

it('is read from an address as it was written there, whatever it holds', () => {
  const text = fc.option(fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed()));
  fc.assert(
    fc.property(text, text, (section, shopId) => {
      expect(readPlace(writePlace({ section, shopId }))).toEqual({ section, shopId });
    }),
  );
  expect(writePlace({ section: null, shopId: null })).toBe('');
  expect(writePlace({ section: 'kiosks', shopId: 'quay' })).toBe('?section=kiosks&shop=quay');
});
