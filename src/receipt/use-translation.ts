import { useMemo } from 'preact/hooks';
import { currentLanguage, onLanguageChange, textsIn } from '#i18n/words';
import { useStore } from './use-store.ts';

/** The texts of this page in its language, and the language. */
export function useTranslation() {
  const language = useStore(onLanguageChange, currentLanguage);
  return useMemo(() => ({ ...textsIn('receipt', language), language }), [language]);
}
