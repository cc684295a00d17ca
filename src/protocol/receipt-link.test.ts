import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '#values';
import { readReceiptLink, receiptLinkFragment } from './receipt-link.ts';

const base64Url = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToBase64Url);
const link = fc.record({ receiptId: base64Url(16), secret: base64Url(16), keyThumbprint: base64Url(32) });

describe("a receipt's link", () => {
  it('is read as it was made', () => {
    fc.assert(
      fc.property(link, (parts) => {
        const url = new URL(
          `https://shop.example/r/${parts.receiptId}#${receiptLinkFragment(parts.secret, parts.keyThumbprint)}`,
        );
        expect(readReceiptLink(url.pathname, url.hash)).toEqual(parts);
      }),
    );
  });

  it('keeps its secret out of everything that a browser sends', () => {
    fc.assert(
      fc.property(link, ({ receiptId, secret, keyThumbprint }) => {
        fc.pre(!receiptId.includes(secret));
        const url = new URL(
          `https://shop.example/r/${receiptId}#${receiptLinkFragment(secret, keyThumbprint)}`,
        );
        expect(`${url.host}${url.pathname}${url.search}`).not.toContain(secret);
      }),
    );
  });

  it('is still read where it carries the secret alone', () => {
    fc.assert(
      fc.property(link, ({ receiptId, secret }) => {
        expect(readReceiptLink(`/r/${receiptId}`, `#${secret}`)).toEqual({
          receiptId,
          secret,
          keyThumbprint: null,
        });
      }),
    );
  });

  it('is none where a letter is missing or too many, or a part more', () => {
    const damage = fc.constantFrom<(id: string, fragment: string) => [string, string]>(
      (id, fragment) => [id.slice(1), fragment],
      (id, fragment) => [`${id}A`, fragment],
      (id, fragment) => [`${id}/A`, fragment],
      (id, fragment) => [id, fragment.slice(1)],
      (id, fragment) => [id, fragment.slice(0, -1)],
      (id, fragment) => [id, `${fragment}A`],
      (id, fragment) => [id, `${fragment}.A`],
      (id, fragment) => [id, `${fragment}\n`],
      (id) => [id, ''],
    );
    fc.assert(
      fc.property(link, damage, ({ receiptId, secret, keyThumbprint }, change) => {
        const [id, fragment] = change(receiptId, receiptLinkFragment(secret, keyThumbprint));
        expect(readReceiptLink(`/r/${id}`, `#${fragment}`)).toBeNull();
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pathname, hash) => {
        readReceiptLink(pathname, hash);
      }),
    );
  });
});
