import { languageName, useTranslation } from '#i18n';
import { Button } from '#ui';
import type { LanguageChoice } from './frame.tsx';
import './language-picker.css';

/** Every language by its own name, one tap each. */
export function LanguagePicker({ language, languages, onLanguage }: LanguageChoice) {
  const { t } = useTranslation('kiosk');
  return (
    <nav aria-label={t('language.label')} className="language-picker">
      {languages.map((tag) => (
        <span aria-current={tag === language ? 'true' : undefined} key={tag} lang={tag}>
          <Button action="language" look="plain" onPress={() => onLanguage(tag)}>
            {languageName(tag)}
          </Button>
        </span>
      ))}
    </nav>
  );
}
