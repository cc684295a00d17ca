import { languageName, useTranslation } from '#i18n';
import type { Inspection } from '#protocol';
import { languageDirection } from '#values';
import { NoticeText } from './notice-text.tsx';

type InspectedNotice = Inspection['notices'][number];

/** What people read, word for word: folded on the screen, and all of it on paper. */
export function NoticeTexts({ notices }: Pick<Inspection, 'notices'>) {
  const { t } = useTranslation('staff');
  if (notices.length === 0) return null;
  return (
    <section className="notice-texts">
      <h2 className="section-heading">{t('inspection.texts.title')}</h2>
      <p>{t('inspection.texts.lead')}</p>
      {notices.map((notice) => (
        <OneNotice key={notice.hash} notice={notice} />
      ))}
    </section>
  );
}

/**
 * The text stands beside what unfolds it, and a style hides it there: what a browser itself folds is missing on its paper, in some of them whatever
 * the page says.
 */
function OneNotice({ notice }: { readonly notice: InspectedNotice }) {
  const { t } = useTranslation('staff');
  const { hash, language, version, isInForce, texts } = notice;
  return (
    <div className="notice-fold" data-notice={hash}>
      <details>
        <summary data-action="read-notice">
          <h3>
            {t('inspection.texts.one', { language: languageName(language), version })}{' '}
            {isInForce ? <span className="tag">{t('inspection.notices.inForce')}</span> : null}
          </h3>
        </summary>
      </details>
      <div className="notice-text" dir={languageDirection(language)} lang={language}>
        <NoticeText texts={texts} />
        <p>
          <code className="hash" dir="ltr">
            {hash}
          </code>
        </p>
      </div>
    </div>
  );
}
