import { useTranslation } from '#i18n';
import { Frame } from './frame.tsx';

export function LookingScreen({ onLanguage }: { readonly onLanguage: (language: string) => void }) {
  const { t } = useTranslation('receipt');
  return <Frame onLanguage={onLanguage} screen="looking" title={t('looking.title')} />;
}
