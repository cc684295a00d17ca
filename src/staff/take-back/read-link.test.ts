import { describe, expect, it } from 'vitest';
import { readPastedLink } from './read-link.ts';

const receiptId = 'AAAAAAAAAAAAAAAAAAAAAA';
const secret = 'BBBBBBBBBBBBBBBBBBBBBB';

describe('a pasted link', () => {
  it.each([
    ['as it is', `https://askfirst.example/r/${receiptId}#${secret}`],
    ['with blanks around it', `  https://askfirst.example/r/${receiptId}#${secret}\n`],
    ['with the key’s thumbprint', `https://askfirst.example/r/${receiptId}#${secret}.${'C'.repeat(43)}`],
  ])('is read %s', (_, pasted) => {
    expect(readPastedLink(pasted)).toEqual({ receiptId, secret });
  });

  it.each(['', 'hello', receiptId, `https://askfirst.example/r/${receiptId}`, `/r/${receiptId}#${secret}`])(
    'that is none is told apart: "%s"',
    (pasted) => {
      expect(readPastedLink(pasted)).toBeNull();
    },
  );
});
