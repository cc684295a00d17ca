import { formatDateTime, formatNumber, languageName, useTranslation } from '#i18n';
import type { Inspection } from '#protocol';
import { type IsoTime, instantFromIso } from '#values';
import { ReportTable } from './report-table.tsx';

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
    <ReportTable
      columns={[
        t('inspection.notices.language'),
        t('inspection.notices.version'),
        t('inspection.notices.receipts'),
        t('inspection.notices.first'),
        t('inspection.notices.last'),
        t('inspection.notices.hash'),
      ]}
      rows={notices.map(({ hash, language, version, isInForce, receipts, firstUsed, lastUsed }) => ({
        key: hash,
        cells: [
          { content: languageName(language) },
          {
            content: (
              <>
                {version} {isInForce ? <span className="tag">{t('inspection.notices.inForce')}</span> : null}
              </>
            ),
          },
          { content: formatNumber(receipts, i18n.language) },
          { content: time(firstUsed) },
          { content: time(lastUsed) },
          {
            content: (
              <>
                <code className="hash">{hash}</code>{' '}
                <a href={`/notices/${hash}`} rel="noreferrer" target="_blank">
                  {t('inspection.link.notice')}
                </a>
              </>
            ),
          },
        ],
      }))}
      title={t('inspection.notices.title')}
    />
  );
}
