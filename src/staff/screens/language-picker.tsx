import { changeLanguage, languageName, languagesOf, useTranslation } from '#i18n';
import { Button } from '#ui';
import 'virtual:language-names.css';
import './language-picker.css';

/** Every language by its own name, one tap each. Kept by the page alone. */
export function LanguagePicker() {
  const { t, i18n } = useTranslation('staff');
  return (
    <nav aria-label={t('language.label')} className="staff-languages">
      {languagesOf('staff').map((tag) => (
        <span aria-current={tag === i18n.language ? 'true' : undefined} key={tag} lang={tag}>
          <Button action="language" look="plain" onPress={() => void choose(tag)}>
            {languageName(tag)}
          </Button>
        </span>
      ))}
    </nav>
  );
}

/** Where its texts cannot be had now, the page stays readable in the language that it is in. */
async function choose(language: string): Promise<void> {
  await changeLanguage('staff', language).catch(() => undefined);
}
