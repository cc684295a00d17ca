import { useCallback, useEffect, useState } from 'react';
import { changeLanguage, languagesOf, useTranslation } from '#i18n';

/**
 * The language of the page: the receipt's own once it is known and we have it, until the reader picks another.
 * `isSettled` is false while the page is about to change by itself, so that nobody sees it jump.
 */
export function useLanguage(ofReceipt: string | null) {
  const { i18n } = useTranslation('receipt');
  const [picked, setPicked] = useState<string | null>(null);
  /** Its texts could not be loaded, as on a phone without network: the page stays as it is. */
  const [missing, setMissing] = useState<string | null>(null);
  const offered =
    ofReceipt !== null && languagesOf('receipt').includes(ofReceipt) ? ofReceipt : i18n.language;
  const wanted = picked ?? offered;
  useEffect(() => {
    changeLanguage('receipt', wanted).catch(() => setMissing(wanted));
  }, [wanted]);
  const pick = useCallback((language: string) => {
    setMissing(null);
    setPicked(language);
  }, []);
  return { isSettled: picked !== null || i18n.language === offered || missing === offered, pick };
}
