import type { App } from './keys.ts';
import type { Texts } from './texts.ts';

// Fetched instead of imported: a browser asks once in a page for what is imported, so that texts which once did not come never would.
/** Of each app's texts in each language, by their path in this room. */
export const addresses = import.meta.glob<string>('./locales/*/{kiosk,staff,receipt}.json', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The texts of one app in one language. Fails where they cannot be had now. */
export async function loadTexts(app: App, language: string): Promise<Texts> {
  const address = addresses[`./locales/${language}/${app}.json`];
  if (address === undefined) throw new Error(`There are no ${app} texts in ${language}.`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The ${app} texts in ${language} did not come: ${answer.status}.`);
  return (await answer.json()) as Texts;
}
