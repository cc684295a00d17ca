import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legible, MOST_SHOWN } from './legible.ts';

/** What a terminal or a browser obeys instead of showing it, told by number and not by the pattern under test. */
function isObeyed(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  const isLineBreak = code === 0x2028 || code === 0x2029;
  const isBidi =
    code === 0x061c ||
    (code >= 0x200e && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069);
  return isControl || isLineBreak || isBidi;
}

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const obeyed = fc
  .integer({ min: 0, max: 0x20ff })
  .map((code) => String.fromCodePoint(code))
  .filter(isObeyed);

describe('a text of a file', () => {
  it('is shown as it is where it is a name', () => {
    for (const name of [
      'Harbour Street Motors Ltd',
      '港湾街 · 東京　本店',
      'متجر الميناء',
      'می‌خواهم',
      'क्‍ष 👩‍👧 Ünïted & Söhne "1" <b>',
    ]) {
      expect(legible(name)).toBe(name);
    }
  });

  it('never moves the cursor, breaks the line or turns the direction, but says what stood there', () => {
    fc.assert(
      fc.property(anyText, obeyed, anyText, (before, char, after) => {
        const shown = legible(`${before}${char}${after}`);
        expect([...shown].filter(isObeyed)).toEqual([]);
      }),
    );
    expect(legible('a\nb\u001b[8m\u009b\u2028\u202e\u2067\u061c')).toBe(
      'a\\u{a}b\\u{1b}[8m\\u{9b}\\u{2028}\\u{202e}\\u{2067}\\u{61c}',
    );
  });

  it('hides nothing in signs that show as nothing, and pushes nothing to the next line', () => {
    expect(legible('a\u200bb\ufeff\u00ad\u{e0041}\u2060')).toBe(
      'a\\u{200b}b\\u{feff}\\u{ad}\\u{e0041}\\u{2060}',
    );
    expect(legible('in order.   Kiosk')).toBe('in order. \\u{20}\\u{20}Kiosk');
    expect(legible('\ud800')).toBe('\\u{d800}');
  });

  it('cannot pretend to be another', () => {
    expect(legible('\\u{a}')).not.toBe(legible('\n'));
  });

  it('is cut where it is long, and says so', () => {
    fc.assert(fc.property(anyText, (text) => [...legible(text)].length <= MOST_SHOWN + '…'.length));
    expect(legible('x'.repeat(MOST_SHOWN))).toBe('x'.repeat(MOST_SHOWN));
    expect(legible('👩'.repeat(2_000))).toBe(`${'👩'.repeat(MOST_SHOWN)}…`);
  });
});
