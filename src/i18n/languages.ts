import type { App } from './keys.ts';
import type { Texts } from './texts.ts';

const files = import.meta.glob<Texts>('./locales/*/{kiosk,staff,receipt}.json', { import: 'default' });

/** BCP 47 tags of the languages that an app has texts in. Those of staff are fewer than those of visitors. */
export function languagesOf(app: App): readonly string[] {
  return Object.keys(files)
    .filter((path) => path.endsWith(`/${app}.json`))
    .map((path) => path.split('/')[2] ?? '')
    .sort();
}

/** The texts of one app in one language. */
export async function loadTexts(app: App, language: string): Promise<Texts> {
  const load = files[`./locales/${language}/${app}.json`];
  if (load === undefined) throw new Error(`There are no ${app} texts in ${language}.`);
  return load();
}

/** A language's own name for itself, as `简体中文`, with a large letter first as in any list, which Intl leaves to us. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
