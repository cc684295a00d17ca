import { create } from 'fontkitten';
import { describe, expect, it } from 'vitest';
import { charactersOf, isOnEveryTablet, ownName, shippedLanguages } from './characters.ts';
import { languagesWithFont, makeFont } from './make-font.ts';

/** The characters that a font has a sign for. */
function signsOf(font: Buffer): ReadonlySet<string> {
  const read = create(font);
  if (!('characterSet' in read)) throw new Error('A collection is no font.');
  return new Set(read.characterSet.map((codePoint) => String.fromCodePoint(codePoint)));
}

describe.each(shippedLanguages)('every character that a kiosk shows in %s', (language) => {
  it('is in the font that we ship, or on every tablet', async () => {
    const characters = charactersOf(language);
    const signs = languagesWithFont.includes(language)
      ? signsOf(await makeFont(language, characters, 400))
      : new Set<string>();
    const missing = [...characters].filter((sign) => !signs.has(sign) && !isOnEveryTablet(sign));
    expect(missing).toEqual([]);
  });

  it('is there for its name, which every kiosk shows', async () => {
    const name = [...ownName(language)].filter((sign) => !isOnEveryTablet(sign));
    if (name.length === 0) return;
    const signs = signsOf(await makeFont(language, name, 600));
    expect(name.filter((sign) => !signs.has(sign))).toEqual([]);
  });
});

it('holds no sign that nobody asked for', async () => {
  const signs = signsOf(await makeFont('ja', ['日', '本', 'あ'], 400));
  const NO_CHARACTER = '\uffff';
  expect([...signs].filter((sign) => sign.trim() !== '' && sign !== NO_CHARACTER).sort()).toEqual(
    ['あ', '日', '本'].sort(),
  );
});
