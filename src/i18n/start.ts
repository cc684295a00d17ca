import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatNumber } from './format.ts';
import { type App, languageDirection, languagesOf, loadTexts } from './languages.ts';
import { loadFont } from './load-font.ts';

/** Numbers in a text come in the way of its language. Everything else is words by now. */
const ownNumbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language = i18next.language) =>
    typeof value === 'number' ? formatNumber(value, language) : String(value),
};

/** Sets i18next up for one app in one language. Further languages are loaded when they are chosen. */
export async function startI18n(app: App, language: string): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use(ownNumbers)
    .init({
      lng: language,
      fallbackLng: false,
      defaultNS: app,
      ns: [app],
      resources: { [language]: { [app]: await loadTexts(app, language) } },
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnEmptyString: false,
    });
  describePage(language);
}

/** Shows everything in another language from now on. */
export async function changeLanguage(app: App, language: string): Promise<void> {
  await Promise.all([addTexts(app, language), loadFont(language)]);
  await i18next.changeLanguage(language);
  describePage(language);
}

/** Brings the texts of every language in, so that choosing one works while the server is away. What fails is tried again when it is chosen. */
export async function loadEveryLanguage(app: App): Promise<void> {
  await Promise.allSettled(languagesOf(app).map((language) => addTexts(app, language)));
}

async function addTexts(app: App, language: string): Promise<void> {
  if (i18next.hasResourceBundle(language, app)) return;
  i18next.addResourceBundle(language, app, await loadTexts(app, language));
}

/** Tells screen readers, fonts and layout which language the page is in. */
function describePage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = languageDirection(language);
}
