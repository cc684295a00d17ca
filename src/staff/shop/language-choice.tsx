import { useId } from 'react';
import { languageName, useTranslation } from '#i18n';
import { WrongWords } from './text-field.tsx';
import type { Wrong } from './wrong.ts';

interface LanguageChoiceProps {
  /** Those that the server has notices in. */
  readonly offered: readonly string[];
  /** In the shop's order, its own first. */
  readonly chosen: readonly string[];
  readonly wrong: Wrong | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Which languages visitors can choose, and which of them is the shop's own. The others keep their order, and a new one comes last. */
export function LanguageChoice({ offered, chosen, wrong, onChange }: LanguageChoiceProps) {
  const { t } = useTranslation('staff');
  const id = useId();
  const all = [...new Set([...offered, ...chosen])];
  const toggle = (language: string) =>
    chosen.includes(language) ? chosen.filter((other) => other !== language) : [...chosen, language];
  const withFirst = (language: string) => [language, ...chosen.filter((other) => other !== language)];
  return (
    <>
      <fieldset
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        className="terms-languages"
      >
        <legend>{t('terms.field.languages')}</legend>
        <p className="terms-soft">{t('terms.hint.languages')}</p>
        <div>
          {all.map((language, place) => (
            <label key={language} lang={language}>
              <input
                checked={chosen.includes(language)}
                // The first tick box stands for all of them where somebody is led to what is wrong.
                data-wrong={place === 0 ? wrong : undefined}
                onChange={() => onChange(toggle(language))}
                type="checkbox"
                value={language}
              />
              {languageName(language)}
            </label>
          ))}
        </div>
        {wrong === undefined ? null : <WrongWords id={`${id}-wrong`} name="languages" wrong={wrong} />}
      </fieldset>
      {chosen.length < 2 ? null : (
        <div className="terms-field">
          <label htmlFor={id}>{t('terms.field.firstLanguage')}</label>
          <p className="terms-soft" id={`${id}-hint`}>
            {t('terms.hint.firstLanguage')}
          </p>
          <select
            aria-describedby={`${id}-hint`}
            id={id}
            onChange={(event) => onChange(withFirst(event.target.value))}
            value={chosen[0]}
          >
            {chosen.map((language) => (
              <option key={language} lang={language} value={language}>
                {languageName(language)}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
