import { withOwnDigits } from './own-digits.ts';

/** The texts of one app in one language, as they stand in its file. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** What a text's `{{placeholders}}` stand for. A number is written as the language writes numbers. */
export type Values = Readonly<Record<string, string | number>>;

const PLACEHOLDER = /\{\{\s*([\w-]+)\s*\}\}/g;

/**
 * A text by its key, `result.counted`, filled with values. Where there is a `count`, the form of the text is the one that the language has for
 * this number (`counted_one`, `counted_other`), and for none at all `counted_zero` in every language that has something of its own to say then.
 */
export function translate(texts: Texts, language: string, key: string, values: Values = {}): string {
  const text = formsOf(key, language, values.count)
    .map((form) => textAt(texts, form))
    .find((found) => typeof found === 'string');
  // Types and a test see to it that there is one. A screen that shows a key is still better than a screen that is gone.
  return (text ?? key).replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'number' ? new Intl.NumberFormat(withOwnDigits(language)).format(value) : value;
  });
}

/** Texts that belong together, or one, by their key; undefined where there is nothing. */
export function textAt(texts: Texts, key: string): Texts | string | undefined {
  let found: Texts | string | undefined = texts;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return found;
}

/** Where a text may stand, the best first. */
function formsOf(key: string, language: string, count: string | number | undefined): readonly string[] {
  if (typeof count !== 'number') return [key];
  const form = new Intl.PluralRules(language).select(count);
  return [...(count === 0 ? [`${key}_zero`] : []), `${key}_${form}`, key];
}
