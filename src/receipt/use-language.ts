import { useCallback, useEffect, useState } from 'preact/hooks';
import { changeLanguage, languagesOf } from '#i18n/words';
import { useTranslation } from './use-translation.ts';

/**
 * The language of the page: the receipt's own once it is known and we have it, until the reader picks another.
 * `isSettled` is false while the page is about to change by itself, so that nobody sees it jump.
 */
export function useLanguage(ofReceipt: string | null) {
  const { language } = useTranslation();
  const [picked, setPicked] = useState<string | null>(null);
  /** Its texts could not be loaded, as on a phone without network: the page stays as it is. */
  const [missing, setMissing] = useState<string | null>(null);
  const offered = ofReceipt !== null && languagesOf('receipt').includes(ofReceipt) ? ofReceipt : language;
  const wanted = picked ?? offered;
  useEffect(() => {
    changeLanguage('receipt', wanted).catch(() => setMissing(wanted));
  }, [wanted]);
  const pick = useCallback((language: string) => {
    setMissing(null);
    setPicked(language);
  }, []);
  return { isSettled: picked !== null || language === offered || missing === offered, pick };
}
