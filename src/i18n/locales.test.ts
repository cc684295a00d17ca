import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { syllable } from 'syllable';
import { describe, expect, it } from 'vitest';

const LOCALES = join(import.meta.dirname, 'locales');
/** What visitors read is there in every language. What staff read may not be. */
const VISITORS_FILES = ['kiosk', 'receipt', 'notice', 'notice-page'] as const;
const FILES = [...VISITORS_FILES, 'staff'] as const;
const filesOf = (language: string) =>
  existsSync(join(LOCALES, language, 'staff.json')) ? FILES : VISITORS_FILES;
const languages = readdirSync(LOCALES);
const translations = languages.filter((language) => language !== 'en');
const PLURAL_KEY = /^(.+)_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*([\w-]+)\s*\}\}/g;

/** Twelve-year-olds read what has at most this Flesch-Kincaid grade. */
const HIGHEST_GRADE = 6;
/** The formula is made for running text: a label of three words has no sentences to measure. */
const WORDS_OF_A_PASSAGE = 20;

/** Every text of a file by its key, `result.ending.nobody` or `details.3.answer`. */
function textsOf(language: string, file: string): Map<string, string> {
  const texts = new Map<string, string>();
  const collect = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') texts.set(path.join('.'), value);
    else for (const [key, inner] of Object.entries(value as object)) collect(inner, [...path, key]);
  };
  collect(JSON.parse(readFileSync(join(LOCALES, language, `${file}.json`), 'utf8')), []);
  return texts;
}

/** Keys without their plural endings, and of those that have them which endings there are. */
function formsOf(texts: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>();
  for (const key of texts.keys()) {
    const [, base, category] = PLURAL_KEY.exec(key) ?? [];
    // A key that merely ends like a plural form has no sibling for all other numbers.
    const isPlural = base !== undefined && texts.has(`${base}_other`);
    const name = isPlural ? base : key;
    const known = forms.get(name) ?? new Set();
    forms.set(name, isPlural && category !== undefined ? known.add(category) : known);
  }
  return forms;
}

const placeholdersOf = (text: string): string[] =>
  [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name ?? ''))].sort();

/** The placeholders of a text, or of all forms of a plural together. */
function placeholdersByKey(texts: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of formsOf(texts).keys()) {
    const all = [...texts].filter(([key]) => key === name || PLURAL_KEY.exec(key)?.[1] === name);
    found.set(name, placeholdersOf(all.map(([, text]) => text).join(' ')));
  }
  return found;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];

/** Flesch-Kincaid grade (Kincaid and others, 1975). What a placeholder stands for is not ours to word: it counts as one short word. */
function gradeOf(texts: readonly string[]): number {
  const sentences = texts
    .flatMap((text) => text.replace(PLACEHOLDER, 'ten').split(/[.!?…:]+(?:\s|$)/u))
    .filter((sentence) => wordsOf(sentence).length > 0);
  const words = sentences.flatMap(wordsOf);
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** What is rightly the same as in English: names, and words that both languages have. */
const SAME_AS_IN_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: ['kiosk:attract.start', 'kiosk:staff.pinLabel'],
  es: ['kiosk:staff.pinLabel'],
  fr: ['notice-page:version'],
  pt: ['kiosk:staff.pinLabel'],
};
/** A text of placeholders alone has no words to translate. */
const hasWords = (text: string): boolean => /\p{L}/u.test(text.replace(PLACEHOLDER, ''));

describe.each(translations)('the texts in %s', (language) => {
  it.each(filesOf(language))('of %s are translated', (file) => {
    const english = textsOf('en', file);
    const same = [...textsOf(language, file)]
      .filter(([key, text]) => english.get(key) === text && hasWords(text))
      .map(([key]) => `${file}:${key}`)
      .filter((name) => !SAME_AS_IN_ENGLISH[language]?.includes(name));
    expect(same).toEqual([]);
  });

  it.each(filesOf(language))('of %s are all there, and no more', (file) => {
    const names = (texts: Map<string, string>) => [...formsOf(texts).keys()].sort();
    expect(names(textsOf(language, file))).toEqual(names(textsOf('en', file)));
  });

  it.each(filesOf(language))('of %s have the placeholders of the English ones', (file) => {
    expect(placeholdersByKey(textsOf(language, file))).toEqual(placeholdersByKey(textsOf('en', file)));
  });

  it.each(filesOf(language))('of %s are plural where the English ones are', (file) => {
    const plurals = (texts: Map<string, string>) =>
      [...formsOf(texts)].flatMap(([name, forms]) => (forms.size > 0 ? [name] : [])).sort();
    expect(plurals(textsOf(language, file))).toEqual(plurals(textsOf('en', file)));
  });
});

describe.each(languages)('the texts in %s', (language) => {
  it.each(filesOf(language))('of %s have exactly the plural forms of the language', (file) => {
    const categories = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    for (const [name, forms] of formsOf(textsOf(language, file))) {
      // Of nothing one may say so in words of its own, in any language: `translate` looks for `_zero` first.
      const optional = new Set(categories.has('zero') ? [] : ['zero']);
      if (forms.size > 0) expect(forms.difference(optional), name).toEqual(categories);
    }
  });

  it('say the same on the tablet, where an early notice does not hold it, as in a notice', () => {
    const onTablet = textsOf(language, 'kiosk');
    const inNotice = textsOf(language, 'notice');
    expect(onTablet.get('choose.optional')).toBe(inNotice.get('optional'));
    expect(onTablet.get('guardian.notMe')).toBe(inNotice.get('notMe'));
  });

  it.each(filesOf(language))('of %s are never empty', (file) => {
    const empty = [...textsOf(language, file)].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it.each(filesOf(language))('of %s have no placeholder that is cut off', (file) => {
    for (const [key, text] of textsOf(language, file)) {
      expect(text.replace(PLACEHOLDER, ''), key).not.toMatch(/[{}]/);
    }
  });
});

describe('plain words', () => {
  it.each(FILES)('fill %s as a whole', (file) => {
    const texts = [...textsOf('en', file).values()];
    if (texts.length > 0) expect(gradeOf(texts)).toBeLessThanOrEqual(HIGHEST_GRADE);
  });

  it.each(FILES)('fill every passage of %s', (file) => {
    const hard = [...textsOf('en', file)]
      .filter(([, text]) => wordsOf(text).length >= WORDS_OF_A_PASSAGE)
      .map(([key, text]) => ({ key, grade: gradeOf([text]) }))
      .filter(({ grade }) => grade > HIGHEST_GRADE);
    expect(hard).toEqual([]);
  });

  it('are told from those of a lawyer', () => {
    const legal =
      'Notwithstanding the aforementioned provisions, the controller may process biometric information pursuant to legitimate interests, provided that appropriate organisational safeguards are implemented.';
    expect(gradeOf([legal])).toBeGreaterThan(15);
    expect(gradeOf(['The camera is off. We keep no picture. You can say no.'])).toBeLessThan(3);
  });
});
