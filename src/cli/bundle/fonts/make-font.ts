/** Cuts a font down to the characters that we ship. */
import { readFileSync } from 'node:fs';
import { createFont } from 'fonteditor-core';
import subsetFont from 'subset-font';

const SCOPE = '@fontsource-variable';
const FONTS = `node_modules/${SCOPE}`;

/** Where a language's letters come from. Every language that is not written in Latin or Cyrillic letters has its line. */
const SOURCES: Readonly<Record<string, string>> = {
  ar: 'noto-sans-arabic',
  hi: 'noto-sans-devanagari',
  ja: 'noto-sans-jp',
  ko: 'noto-sans-kr',
  'zh-Hans': 'noto-sans-sc',
  'zh-Hant': 'noto-sans-tc',
};

export const languagesWithFont: readonly string[] = Object.keys(SOURCES);
/** The packages whose letters are in what we ship. */
export const fontPackages: readonly string[] = Object.values(SOURCES).map((name) => `${SCOPE}/${name}`);

interface Part {
  readonly file: string;
  readonly text: string;
}

/** A font of one weight with these characters and no others. What the source has not, the font has not: a test looks. */
export async function makeFont(
  language: string,
  characters: Iterable<string>,
  weight: number,
): Promise<Buffer> {
  const parts = partsFor(language, characters);
  const cut = parts.map(({ file, text }) =>
    subsetFont(readFileSync(file), text, {
      targetFormat: 'truetype',
      variationAxes: { wght: weight },
    }),
  );
  const [first, ...others] = await Promise.all(cut);
  if (first === undefined) throw new Error(`There is no font for ${language}.`);
  // A font in one part keeps its rules of shaping, which Arabic and Devanagari need. Han and Hangul signs have none, and can be put together.
  return others.length === 0 ? first : putTogether([first, ...others]);
}

/** The same font as browsers fetch it. */
export function compressFont(font: Buffer, characters: Iterable<string>): Promise<Buffer> {
  return subsetFont(font, [...characters].join(''), { targetFormat: 'woff2' });
}

/** Large fonts come in slices, each with the ranges that it holds. */
function partsFor(language: string, characters: Iterable<string>): readonly Part[] {
  const source = SOURCES[language];
  if (source === undefined) throw new Error(`There is no font for ${language}.`);
  const ranges = JSON.parse(readFileSync(`${FONTS}/${source}/unicode.json`, 'utf8')) as Record<
    string,
    string
  >;
  const slices = Object.entries(ranges).filter(([name]) => !/latin|cyrillic|vietnamese|greek/.test(name));
  const texts = new Map<string, string>();
  for (const character of characters) {
    const slice = slices.find(([, held]) => isIn(held, character.codePointAt(0) ?? 0))?.[0];
    if (slice !== undefined) texts.set(slice, (texts.get(slice) ?? '') + character);
  }
  return [...texts].map(([slice, text]) => ({
    file: `${FONTS}/${source}/files/${source}-${slice.replace(/[[\]]/g, '')}-wght-normal.woff2`,
    text,
  }));
}

/** Ranges are written as in CSS: `U+3042,U+4e00-4e8c`. */
function isIn(ranges: string, codePoint: number): boolean {
  return ranges.split(',').some((range) => {
    const [from = 0, to = from] = range
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return codePoint >= from && codePoint <= to;
  });
}

function putTogether(fonts: readonly Buffer[]): Buffer {
  const [whole, ...others] = fonts.map((font) =>
    createFont(font, { type: 'ttf', hinting: false, kerning: false }),
  );
  if (whole === undefined) throw new Error('No font to begin with.');
  for (const other of others) whole.merge(other, { scale: 1 });
  return Buffer.from(whole.write({ type: 'ttf', toBuffer: true, hinting: false }) as Buffer);
}
