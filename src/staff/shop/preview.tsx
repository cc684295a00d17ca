import { languageName, useTranslation } from '#i18n';
import type { TermsAnswer, TermsChange, TermsPreview } from '#protocol';
import { Button } from '#ui';
import { ChangedFacts } from './changed-facts.tsx';
import { groupNotices } from './grouped-notices.ts';
import { timeChanges } from './kept-times.ts';
import { PreviewedNotice } from './previewed-notice.tsx';
import { changedFacts } from './said-facts.ts';
import { SendFault } from './send-fault.tsx';
import { type ChangingProps, useChanging } from './use-changing.ts';

interface PreviewProps extends ChangingProps {
  readonly change: TermsChange;
  readonly preview: TermsPreview;
  readonly onPublished: (now: TermsAnswer) => void;
  readonly onBack: () => void;
}

/** What visitors would read, with what is not as it was, before anybody reads it. */
export function Preview({ change, preview, onPublished, onBack, ...changing }: PreviewProps) {
  const { client, shopId, began } = changing;
  const { t, i18n } = useTranslation('staff');
  const sending = useChanging(changing);
  const { controller, shop } = change.terms;
  const spoken = began.terms.shop.languages;
  const dropped = spoken.filter((language) => !shop.languages.includes(language));
  const added = shop.languages.filter((language) => !spoken.includes(language));
  const isChanged = changedFacts(began.terms, change.terms).length > 0;
  const named = (languages: readonly string[]) =>
    new Intl.ListFormat(i18n.language).format(languages.map(languageName));

  async function publish(): Promise<void> {
    const answer = await sending.send(() => client.publishTerms(shopId, { ...change, plan: preview.plan }));
    if (answer !== null) onPublished(answer.terms);
  }

  return (
    <>
      <div className="terms-warnings">
        {timeChanges(began.terms.controller.retention, controller.retention).map((each) => (
          <p data-times={each} key={each}>
            {t(`terms.times.${each}`)}
          </p>
        ))}
        {dropped.length === 0 ? null : <p>{t('terms.dropped', { languages: named(dropped) })}</p>}
        {added.length === 0 ? null : <p>{t('terms.added', { languages: named(added) })}</p>}
      </div>
      {isChanged ? (
        <ChangedFacts after={change.terms} began={began} />
      ) : (
        <p className="terms-lead">{t('terms.onlyNotices')}</p>
      )}
      <p className="terms-lead" data-testid="preview-count">
        {preview.notices.length === 0
          ? t('terms.noneChanges')
          : t('terms.newNotices', { count: preview.notices.length })}
      </p>
      <div className="terms-previews">
        {groupNotices(preview.notices).map((notice, place) => (
          <PreviewedNotice
            isFirst={place === 0}
            key={`${notice.language} ${notice.shops[0]?.shop}`}
            notice={notice}
          />
        ))}
      </div>
      <SendFault onStartAgain={() => void sending.startAgain()} sending={sending} />
      <div className="terms-buttons">
        <Button action="publish" onPress={() => void publish()}>
          {t('terms.publish')}
        </Button>
        {/* What is on its way may be published already: nobody goes back to a draft of it. */}
        <Button action="back-to-changing" isDisabled={sending.isBusy} onPress={onBack}>
          {t('terms.back')}
        </Button>
      </div>
    </>
  );
}
