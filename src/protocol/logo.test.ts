import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '#values';
import { MAX_LOGO_BYTES } from './limits.ts';
import { isLogo } from './logo.ts';

const PNG = '\u0089PNG\r\n\u001a\n';
const inBase64Url = (text: string): string =>
  bytesToBase64Url(Uint8Array.from(text, (char) => char.charCodeAt(0)));

describe('a logo', () => {
  it.each([`${PNG}and more`, 'RIFF\0\0\0\0WEBPVP8 '])('is a PNG or a WebP: %j', (text) => {
    expect(isLogo(inBase64Url(text))).toBe(true);
  });

  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'GIF89a',
    'RIFF\0\0\0\0WAVEfmt ',
    PNG.slice(0, 7),
    '',
  ])('is nothing else: %j', (text) => {
    expect(isLogo(inBase64Url(text))).toBe(false);
  });

  it('is a text in base64url', () => {
    expect(isLogo(`${inBase64Url(`${PNG}and more`)}!`)).toBe(false);
  });

  it('has 64 KB at most', () => {
    const padded = (length: number) => inBase64Url(PNG.padEnd(length, '.'));
    expect(isLogo(padded(MAX_LOGO_BYTES))).toBe(true);
    expect(isLogo(padded(MAX_LOGO_BYTES + 1))).toBe(false);
  });
});
