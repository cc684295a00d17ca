import { formatDateTime, formatNumber, useTranslation } from '#i18n';
import { apiPaths, type RetentionAnswer } from '#protocol';
import { type IsoTime, instant, instantFromIso } from '#values';

const SUMS = ['linksCut', 'receiptsDeleted', 'bodiesPruned', 'waitingDeleted', 'refusalsDeleted'] as const;

/** What was done so far, when it was last looked after, and the chain that says so: whether it is whole, where it ends, and the file of it. */
export function Done({ answer }: { readonly answer: RetentionAnswer }) {
  const { t, i18n } = useTranslation('staff');
  const { done, lastRun, lastChange, head, isChainWhole } = answer;
  const timeOf = (time: IsoTime) => formatDateTime(instantFromIso(time) ?? instant(0), i18n.language);
  return (
    <section className="retention-done">
      <h2>{t('retention.done.title')}</h2>
      <dl className="retention-sums">
        {SUMS.map((sum) => (
          <div key={sum}>
            <dt>{t(`retention.done.${sum}`)}</dt>
            <dd data-testid={`done-${sum}`}>{formatNumber(done[sum], i18n.language)}</dd>
          </div>
        ))}
      </dl>
      <p className="retention-soft">{t('retention.done.others')}</p>
      <div className="retention-card">
        <p data-testid="last-run">
          {lastRun === null
            ? t('retention.done.neverRun')
            : t('retention.done.lastRun', { time: timeOf(lastRun) })}
        </p>
        {lastChange === null ? null : (
          <p>
            {t('retention.done.lastChange', {
              time: timeOf(lastChange.time),
              links: formatNumber(lastChange.linksCut, i18n.language),
              receipts: formatNumber(lastChange.receiptsDeleted, i18n.language),
              others: formatNumber(lastChange.waitingDeleted + lastChange.refusalsDeleted, i18n.language),
            })}
          </p>
        )}
        {isChainWhole ? null : (
          <p className="staff-alert" data-testid="chain-broken">
            {t('retention.proof.broken')}
          </p>
        )}
        {head === null ? null : (
          <>
            <p className="retention-soft">{t('retention.proof.why')}</p>
            {isChainWhole ? <p data-testid="chain-whole">{t('retention.proof.whole')}</p> : null}
            <p className="retention-head">
              {t('retention.proof.head', { number: formatNumber(head.seq + 1, i18n.language) })}{' '}
              <code dir="ltr">{head.hash}</code>
            </p>
            <a
              className="retention-download"
              data-action="download-retention"
              download
              href={apiPaths.retentionLedger}
            >
              {t('retention.proof.download')}
            </a>
          </>
        )}
      </div>
    </section>
  );
}
