import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isCanonicalJson, type Json } from './canonical-json.ts';

const key = fc.string().filter((text) => !/^\d+$/.test(text));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')),
  ) as fc.Arbitrary<Json>,
})).value;

describe('canonical JSON', () => {
  it('is known again when it is read', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(isCanonicalJson(text, JSON.parse(text) as Json)).toBe(true);
      }),
    );
  });

  it('is told apart from every other way to write the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        const parsed = JSON.parse(text) as Json;
        const isCanonical = text === canonicalJson(parsed);
        expect(isCanonicalJson(text, parsed)).toBe(isCanonical);
      }),
    );
  });

  it.each([
    ['a space', '{"a": 1}'],
    ['a line break at the end', '{"a":1}\n'],
    ['keys out of order', '{"b":1,"a":2}'],
    ['a key twice', '{"a":1,"a":1}'],
    ['an exponent', '{"a":1e2}'],
    ['a fraction of nothing', '{"a":1.0}'],
    ['minus nothing', '{"a":-0}'],
    ['an escape that is not needed', '{"a":"\\u0041"}'],
    ['an escaped slash', '{"a":"\\/"}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a lone surrogate as a key', '{"\\ud800":1}'],
  ])('is not %s', (_, text) => {
    expect(isCanonicalJson(text, JSON.parse(text) as Json)).toBe(false);
  });
});
