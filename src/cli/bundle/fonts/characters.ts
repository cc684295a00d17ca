/** Which characters a kiosk shows in a language: those of its texts, and those that Intl writes for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withOwnDigits } from '#values';

const LOCALES = 'src/i18n/locales';
/** The receipt is read on the visitor's own phone, which has what its owner reads; staff bring their own devices too. */
const ON_KIOSK = ['kiosk', 'notice'];

export const shippedLanguages: readonly string[] = readdirSync(LOCALES).sort();

/** Latin and Cyrillic letters and common marks: every tablet and browser has them, and we leave these to it. */
const ON_EVERY_TABLET = /[ -~\u00a0-\u024f\u0400-\u04ff\u2010-\u203a\u20ac]/u;

export function isOnEveryTablet(character: string): boolean {
  return ON_EVERY_TABLET.test(character);
}

/** Every character that a kiosk may show in a language. Names of shops and addresses are the shop's own. */
export function charactersOf(language: string): ReadonlySet<string> {
  const texts = ON_KIOSK.map((name) => readFileSync(join(LOCALES, language, `${name}.json`), 'utf8'));
  return new Set([...texts.join(''), ...ownName(language), ...writtenByIntl(language)].filter(isVisible));
}

/** A language's name for itself, as its picker shows it. */
export function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

function writtenByIntl(language: string): string {
  const locale = withOwnDigits(language);
  const units = (['day', 'year'] as const).map((unit) =>
    Array.from({ length: 101 }, (_, count) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    ),
  );
  const hours = Array.from({ length: 24 }, (_, hour) =>
    new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 1, hour)),
  );
  const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(['A', 'B', 'C']);
  return [...units.flat(), ...hours, names, new Intl.NumberFormat(locale).format(9_876_543_210)].join('');
}

function isVisible(character: string): boolean {
  return !/[\s\p{Cf}]/u.test(character);
}
