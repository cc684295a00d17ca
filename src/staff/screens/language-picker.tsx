import { changeLanguage, languageName, languages, useTranslation } from '#i18n';
import { Button } from '#ui';
import './language-picker.css';

/** Every language by its own name, one tap each. Kept by the page alone. */
export function LanguagePicker() {
  const { t, i18n } = useTranslation('staff');
  return (
    <nav aria-label={t('language.label')} className="staff-languages">
      {languages.map((tag) => (
        <span aria-current={tag === i18n.language ? 'true' : undefined} key={tag} lang={tag}>
          <Button action="language" look="plain" onPress={() => void changeLanguage('staff', tag)}>
            {languageName(tag)}
          </Button>
        </span>
      ))}
    </nav>
  );
}
