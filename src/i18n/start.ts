import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type App, languageDirection, languages, loadTexts } from './languages.ts';

/** Sets i18next up for one app in one language. Further languages are loaded when they are chosen. */
export async function startI18n(app: App, language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: app,
    ns: [app],
    resources: { [language]: { [app]: await loadTexts(app, language) } },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  describePage(language);
}

/** Shows everything in another language from now on. */
export async function changeLanguage(app: App, language: string): Promise<void> {
  await addTexts(app, language);
  await i18next.changeLanguage(language);
  describePage(language);
}

/** Brings the texts of every language in, so that choosing one works while the server is away. What fails is tried again when it is chosen. */
export async function loadEveryLanguage(app: App): Promise<void> {
  await Promise.allSettled(languages.map((language) => addTexts(app, language)));
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
