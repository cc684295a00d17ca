import { useTranslation } from '#i18n';

/** A kiosk that nobody named has only its number. */
const IS_NUMBER = /^\d+$/;

/** Gives what a kiosk is called on screens. */
export function useKioskName(): (name: string) => string {
  const { t } = useTranslation('staff');
  return (name) => (IS_NUMBER.test(name) ? t('kiosks.numbered', { name }) : name);
}
