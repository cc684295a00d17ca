import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sha256, sha256 } from '#values';
import { HashList } from './hash-list.ts';

describe('a list of hashes', () => {
  it('gives each back as it was', () => {
    const hashes = fc.array(fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => text as Sha256));
    fc.assert(
      fc.property(hashes, (all) => {
        const list = new HashList();
        for (const hash of all) list.push(hash);
        expect(all.map((_, index) => list.at(index))).toEqual(all);
        expect([list.at(-1), list.at(all.length), list.at(0.5)]).toEqual([null, null, null]);
      }),
    );
  });

  it('goes on where one block ends', () => {
    const list = new HashList();
    for (let index = 0; index < 10_000; index += 1) list.push(sha256(String(index)));
    for (const index of [0, 4_095, 4_096, 9_999]) expect(list.at(index)).toBe(sha256(String(index)));
  });
});
