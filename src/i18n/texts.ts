import { createInstance, type FormatterModule, type i18n } from 'i18next';
import { withOwnDigits } from '#values';

/** The texts of one app in one language, as they stand in its file. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** What a text's `{{placeholders}}` stand for. A number is written as the language writes numbers. */
export type Values = Readonly<Record<string, string | number>>;

/** Numbers come in the way of the language. Everything else is words by now. */
const ownNumbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language = 'en') =>
    typeof value === 'number' ? new Intl.NumberFormat(withOwnDigits(language)).format(value) : String(value),
};

/** An i18next of its own, ready and without texts: they are added as they are needed. Runs in browser and server. */
export function createTexts(): i18n {
  const texts = createInstance().use(ownNumbers);
  // Done when the call returns: nothing is loaded here.
  void texts.init({
    initAsync: false,
    fallbackLng: false,
    resources: {},
    // React and the server's pages escape what they show.
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnEmptyString: false,
  });
  return texts;
}
