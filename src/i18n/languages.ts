import type { App } from './keys.ts';
import { addresses } from './load-texts.ts';

/** BCP 47 tags of the languages that an app has texts in. Those of staff are fewer than those of visitors. */
export function languagesOf(app: App): readonly string[] {
  return Object.keys(addresses)
    .filter((path) => path.endsWith(`/${app}.json`))
    .map((path) => path.split('/')[2] ?? '')
    .sort();
}

/**
 * A language's own name for itself, as `简体中文`, with a large letter first as in any list, which Intl leaves to us. A tag that Intl refuses, which a file
 * or an early shop may hold, is its own name.
 */
export function languageName(language: string): string {
  try {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return language;
  }
}
