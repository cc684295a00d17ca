import { languageDirection } from '#values';
import type { App, TextGroup, Translate } from './keys.ts';
import { languagesOf } from './languages.ts';
import { loadFont } from './load-font.ts';
import { loadTexts } from './load-texts.ts';
import { createTexts } from './texts.ts';

/** The texts of the page, an i18next namespace for each app. */
const page = createTexts();

/** The language that the page is in. Empty before the first one is there. */
export function currentLanguage(): string {
  return page.language ?? '';
}

/** Calls back whenever the page is in another language; gives what ends it. */
export function onLanguageChange(listener: () => void): () => void {
  page.on('languageChanged', listener);
  return () => page.off('languageChanged', listener);
}

/** The language that was chosen last, whose texts may be on their way. */
let chosen = '';

/**
 * Shows everything in a language from now on. Its texts are loaded when it is chosen. Of several that are on their way the last one counts, and
 * false comes back for the others; fails where its texts cannot be had.
 */
export async function changeLanguage(app: App, language: string): Promise<boolean> {
  chosen = language;
  await Promise.all([addTexts(app, language), loadFont(language)]);
  if (language !== chosen) return false;
  if (language === currentLanguage()) return true;
  describePage(language);
  await page.changeLanguage(language);
  return true;
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
  if (!page.hasResourceBundle(language, app)) {
    throw new Error(`The ${app} texts in ${language} are not loaded.`);
  }
  const t = page.getFixedT(language, app);
  return {
    t: (key, values) => t(key as string, { ...values }),
    // Every language has the keys of the English texts: a test holds them side by side.
    group: (key) => page.getResource(language, app, key) as never,
  };
}

async function addTexts(app: App, language: string): Promise<void> {
  if (page.hasResourceBundle(language, app)) return;
  page.addResourceBundle(language, app, await loadTexts(app, language));
}

/** Tells screen readers, fonts and layout which language the page is in. */
function describePage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = languageDirection(language);
}
