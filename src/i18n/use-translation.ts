import { useMemo, useSyncExternalStore } from 'react';
import type { App } from './keys.ts';
import { currentLanguage, onLanguageChange, textsIn } from './start.ts';

/** The texts of an app in the language of the page. What uses it is drawn again when the language changes. */
export function useTranslation<Of extends App>(app: Of) {
  const language = useSyncExternalStore(onLanguageChange, currentLanguage);
  return useMemo(() => ({ ...textsIn(app, language), i18n: { language } }), [app, language]);
}
