import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KioskId } from '#values';
import {
  CODE_LENGTH,
  CODE_LETTERS,
  hashWithdrawalCode,
  makeWithdrawalCode,
  readWithdrawalCode,
  showWithdrawalCode,
} from './withdrawal-code.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('a withdrawal code', () => {
  it('is read back however it was typed', () => {
    fc.assert(
      fc.property(bytes(64), (pool) => {
        let at = 0;
        const random = (length: number) => Uint8Array.from({ length }, () => pool[at++ % 64]! % 242);
        const code = makeWithdrawalCode(random);
        expect(code).toHaveLength(CODE_LENGTH);
        for (const typed of [
          code,
          code.toLowerCase(),
          showWithdrawalCode(code),
          `${code.slice(0, 4)}-${code.slice(4)}`,
        ]) {
          expect(readWithdrawalCode(typed)).toBe(code);
        }
      }),
    );
  });

  it('has every letter for as many bytes as any other, and throws the rest away', () => {
    const lettersOf = Array.from({ length: 256 }, (_, byte) => {
      // A byte that means nothing is followed by one that means A.
      const answers = [new Uint8Array(CODE_LENGTH).fill(byte), new Uint8Array(CODE_LENGTH)];
      return { code: makeWithdrawalCode(() => answers.shift()!), asked: 2 - answers.length };
    });
    const used = lettersOf.filter(({ asked }) => asked === 1).map(({ code }) => code[0]);
    const counts = [...CODE_LETTERS].map((letter) => used.filter((used) => used === letter).length);
    expect(counts).toEqual(Array(CODE_LETTERS.length).fill(11));
    expect(lettersOf.filter(({ asked }) => asked === 2)).toHaveLength(256 - 11 * CODE_LETTERS.length);
  });

  it('is none with a letter too few, too many or one that could be taken for another', () => {
    for (const typed of ['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCDEFGO', 'ABCDEFG0', 'ÀBCDEFGH', 'ABCD EFG']) {
      expect(readWithdrawalCode(typed)).toBeNull();
    }
  });

  it('is another one on another kiosk', () => {
    const code = readWithdrawalCode('ABCDEFGH')!;
    expect(hashWithdrawalCode(code, 'a' as KioskId)).not.toBe(hashWithdrawalCode(code, 'b' as KioskId));
  });
});
