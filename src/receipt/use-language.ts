import { useCallback, useEffect, useState } from 'react';
import { changeLanguage, languages, useTranslation } from '#i18n';

/**
 * The language of the page: the receipt's own once it is known and we have it, until the reader picks another.
 * `isSettled` is false while the page is about to change by itself, so that nobody sees it jump.
 */
export function useLanguage(ofReceipt: string | null) {
  const { i18n } = useTranslation('receipt');
  const [picked, setPicked] = useState<string | null>(null);
  const wanted = picked ?? (ofReceipt !== null && languages.includes(ofReceipt) ? ofReceipt : i18n.language);
  useEffect(() => {
    void changeLanguage('receipt', wanted);
  }, [wanted]);
  const pick = useCallback((language: string) => setPicked(language), []);
  return { isSettled: i18n.language === wanted, pick };
}
