import type { CSSProperties } from 'react';
import { formatNumber, formatShortDate, useTranslation } from '#i18n';
import type { RetentionAnswer } from '#protocol';

/** What is due next: a table that is its own picture. */
export function DueDates({ due }: Pick<RetentionAnswer, 'due'>) {
  const { t } = useTranslation('staff');
  return (
    <section className="retention-due">
      <h2>{t('retention.due.title')}</h2>
      <div className="retention-due-tables">
        <DueTable caption={t('retention.due.links')} dates={due.links} />
        <DueTable caption={t('retention.due.receipts')} dates={due.receipts} />
      </div>
    </section>
  );
}

interface DueTableProps {
  readonly caption: string;
  readonly dates: RetentionAnswer['due']['links'];
}

function DueTable({ caption, dates }: DueTableProps) {
  const { t, i18n } = useTranslation('staff');
  const most = Math.max(1, ...dates.map(({ count }) => count));
  return (
    <div className="retention-card">
      <h3>{caption}</h3>
      {dates.length === 0 ? (
        <p className="retention-soft">{t('retention.due.none')}</p>
      ) : (
        <table aria-label={caption}>
          <thead>
            <tr>
              <th scope="col">{t('retention.due.date')}</th>
              <th scope="col">{t('retention.due.count')}</th>
            </tr>
          </thead>
          <tbody>
            {dates.map(({ date, count }) => (
              <tr key={date}>
                <th scope="row">{formatShortDate(date, i18n.language)}</th>
                <td style={{ '--share': count / most } as CSSProperties}>
                  <span>{formatNumber(count, i18n.language)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
