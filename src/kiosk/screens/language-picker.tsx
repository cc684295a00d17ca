import { languageName, useTranslation } from '#i18n';
import { Button } from '#ui';
import type { LanguageChoice } from './frame.tsx';
import { Sheet } from './sheet.tsx';
import { useNarrow } from './use-size.ts';
import 'virtual:language-names.css';
import './language-picker.css';

/** As many names as stand beside a shop's name, and on the narrowest screens. */
const MOST_IN_HEADER = 3;
const MOST_WHERE_NARROW = 2;

/** Whether a shop's languages are too many for the header: the first screen then shows them all, the others open them. */
export function useAreMany(languages: readonly string[]): boolean {
  return languages.length > (useNarrow() ? MOST_WHERE_NARROW : MOST_IN_HEADER);
}

/** Every language by its own name in the shop's order, one tap each. */
export function LanguageNames({ language, languages, onLanguage }: LanguageChoice) {
  const { t } = useTranslation('kiosk');
  return (
    <nav aria-label={t('language.label')} className="language-names">
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

/** The languages in the header: their names where they are few, else a button that opens them. */
export function LanguagePicker(choice: LanguageChoice) {
  return useAreMany(choice.languages) ? <LanguageSheet {...choice} /> : <LanguageNames {...choice} />;
}

function LanguageSheet({ language, languages, onLanguage }: LanguageChoice) {
  const { t } = useTranslation('kiosk');
  return (
    <Sheet
      action="languages"
      label={t('language.label')}
      opener={
        <span className="sheet-opener-face language-now">
          <Globe />
          <span className="visually-hidden">{t('language.label')}: </span>
          {languageName(language)}
        </span>
      }
    >
      {(close) => (
        <LanguageNames
          language={language}
          languages={languages}
          onLanguage={(tag) => {
            close();
            onLanguage(tag);
          }}
        />
      )}
    </Sheet>
  );
}

/** For who cannot read the name that stands beside it. */
function Globe() {
  return (
    <svg aria-hidden="true" fill="none" height="32" viewBox="0 0 32 32" width="32">
      <g stroke="currentColor" strokeWidth="2.5">
        <circle cx="16" cy="16" r="12.5" />
        <ellipse cx="16" cy="16" rx="5.5" ry="12.5" />
        <path d="M4 12h24M4 20h24" />
      </g>
    </svg>
  );
}
