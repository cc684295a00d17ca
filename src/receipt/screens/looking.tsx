import { useTranslation } from '#i18n';
import { Frame } from './frame.tsx';

interface LookingProps {
  readonly onLanguage?: (language: string) => void;
}

export function LookingScreen(props: LookingProps) {
  const { t } = useTranslation('receipt');
  return <Frame {...props} screen="looking" title={t('looking.title')} />;
}
