import type { Texts } from '#values';
import type { App } from './keys.ts';

const files = import.meta.glob<Texts>('./locales/*/{kiosk,staff,receipt}.json', { import: 'default' });
const RIGHT_TO_LEFT_SCRIPTS = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']);

/** BCP 47 tags of the languages that there are texts for. */
export const languages: readonly string[] = [
  ...new Set(Object.keys(files).map((path) => path.split('/')[2] ?? '')),
].sort();

/** The texts of one app in one language. */
export async function loadTexts(app: App, language: string): Promise<Texts> {
  const load = files[`./locales/${language}/${app}.json`];
  if (load === undefined) throw new Error(`There are no ${app} texts in ${language}.`);
  return load();
}

/** A language's own name for itself, as `简体中文`. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

export function languageDirection(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT_SCRIPTS.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
