/** @jsxImportSource preact */
import { useTranslation } from '../use-translation.ts';
import { Frame } from './frame.tsx';

interface LookingProps {
  readonly onLanguage?: (language: string) => void;
}

export function LookingScreen(props: LookingProps) {
  const { t } = useTranslation();
  return <Frame {...props} screen="looking" title={t('looking.title')} />;
}
