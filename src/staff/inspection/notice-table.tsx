import { formatDateTime, formatNumber, languageName, useTranslation } from '#i18n';
import type { Inspection } from '#protocol';
import { type IsoTime, instantFromIso } from '#values';

interface NoticeTableProps {
  readonly notices: Inspection['notices'];
  readonly timeZone: string;
}

/** Every text that people were told in these days, with the way to read it. */
export function NoticeTable({ notices, timeZone }: NoticeTableProps) {
  const { t, i18n } = useTranslation('staff');
  const time = (iso: IsoTime | null) => {
    const known = iso === null ? null : instantFromIso(iso);
    return known === null ? '–' : formatDateTime(known, i18n.language, timeZone);
  };
  return (
    <section className="report-table">
      <h2 className="section-heading">{t('inspection.notices.title')}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('inspection.notices.language')}</th>
              <th scope="col">{t('inspection.notices.version')}</th>
              <th scope="col">{t('inspection.notices.receipts')}</th>
              <th scope="col">{t('inspection.notices.first')}</th>
              <th scope="col">{t('inspection.notices.last')}</th>
              <th scope="col">{t('inspection.notices.hash')}</th>
            </tr>
          </thead>
          <tbody>
            {notices.map(({ hash, language, version, isInForce, receipts, firstUsed, lastUsed }) => (
              <tr key={hash}>
                <th scope="row">{languageName(language)}</th>
                <td>
                  {version}{' '}
                  {isInForce ? <span className="tag">{t('inspection.notices.inForce')}</span> : null}
                </td>
                <td>{formatNumber(receipts, i18n.language)}</td>
                <td>{time(firstUsed)}</td>
                <td>{time(lastUsed)}</td>
                <td>
                  <code className="hash">{hash}</code>{' '}
                  <a href={`/notices/${hash}`} rel="noreferrer" target="_blank">
                    {t('inspection.link.notice')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
