import { formatDateTime, languageName, useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import { instantFromIso } from '#values';
import { Facts } from './facts.tsx';

/** What visitors are told now: the notices, and the facts that they and the receipts are made of. */
export function TermsInForce({ answer }: { readonly answer: TermsAnswer }) {
  const { t, i18n } = useTranslation('staff');
  const timeOf = (iso: TermsAnswer['notices'][number]['publishedAt']) => {
    const time = instantFromIso(iso);
    return time === null ? iso : formatDateTime(time, i18n.language, answer.fixed.timeZone);
  };
  return (
    <>
      <section className="terms-part">
        <h2>{t('terms.inForce')}</h2>
        <ul className="terms-notices">
          {answer.notices.map(({ language, version, hash, publishedAt }) => (
            <li data-language={language} key={language}>
              <h3 lang={language}>{languageName(language)}</h3>
              <p>{t('terms.version', { version, time: timeOf(publishedAt) })}</p>
              <a
                aria-label={`${t('terms.read')}: ${languageName(language)}`}
                href={`/notices/${hash}`}
                rel="noreferrer"
                target="_blank"
              >
                {t('terms.read')}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Facts answer={answer} />
    </>
  );
}
