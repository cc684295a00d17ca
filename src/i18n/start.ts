import { type Texts, textAt, translate } from '#values';
import type { App, TextGroup, Translate } from './keys.ts';
import { languageDirection, languagesOf, loadTexts } from './languages.ts';

/** Of each app by language, as they were loaded. */
const loaded = new Map<string, Texts>();
const listeners = new Set<() => void>();
let shown = '';

/** The language that the page is in. Empty before the first one is there. */
export function currentLanguage(): string {
  return shown;
}

/** Calls back whenever the page is in another language; gives what ends it. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows everything in a language from now on. Its texts are loaded when it is chosen. */
export async function changeLanguage(app: App, language: string): Promise<void> {
  await addTexts(app, language);
  if (language === shown) return;
  shown = language;
  describePage(language);
  for (const listener of listeners) listener();
}

/** Brings the texts of every language in, so that choosing one works while the server is away. What fails is tried again when it is chosen. */
export async function loadEveryLanguage(app: App): Promise<void> {
  await Promise.allSettled(languagesOf(app).map((language) => addTexts(app, language)));
}

/** The texts of an app in a language that is loaded. */
export function textsIn<Of extends App>(
  app: Of,
  language: string,
): { readonly t: Translate<Of>; readonly group: TextGroup<Of> } {
  const texts = loaded.get(keyOf(app, language));
  if (texts === undefined) throw new Error(`The ${app} texts in ${language} are not loaded.`);
  return {
    t: (key, values) => translate(texts, language, key, values),
    // Every language has the keys of the English texts: a test holds them side by side.
    group: (key) => textAt(texts, key) as never,
  };
}

async function addTexts(app: App, language: string): Promise<void> {
  const key = keyOf(app, language);
  if (!loaded.has(key)) loaded.set(key, await loadTexts(app, language));
}

function keyOf(app: App, language: string): string {
  return `${app}/${language}`;
}

/** Tells screen readers, fonts and layout which language the page is in. */
function describePage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = languageDirection(language);
}
