import { formatDateTime, formatNumber, useTranslation } from '#i18n';
import type { InspectedKiosk } from '#protocol';
import { instantFromIso } from '#values';
import { useKioskName } from './use-kiosk-name.ts';
import { useRefusals } from './use-refusals.ts';

interface KioskTableProps {
  readonly kiosks: readonly InspectedKiosk[];
  readonly timeZone: string;
}

/** How each kiosk's ledger stands. */
export function KioskTable({ kiosks, timeZone }: KioskTableProps) {
  const { t, i18n } = useTranslation('staff');
  const nameOf = useKioskName();
  const refusalsOf = useRefusals();
  const timeOf = (iso: InspectedKiosk['lastSeen']) => {
    const known = iso === null ? null : instantFromIso(iso);
    return known === null ? '–' : formatDateTime(known, i18n.language, timeZone);
  };
  return (
    <section className="report-table">
      <h2 className="section-heading">{t('inspection.kiosks.title')}</h2>
      {kiosks.length === 0 ? <p>{t('kiosks.none')}</p> : null}
      <div className="table-scroll" hidden={kiosks.length === 0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('inspection.kiosks.name')}</th>
              <th scope="col">{t('inspection.kiosks.seen')}</th>
              <th scope="col">{t('inspection.kiosks.entries')}</th>
              <th scope="col">{t('inspection.kiosks.chain')}</th>
              <th scope="col">{t('inspection.kiosks.signed')}</th>
              <th scope="col">{t('inspection.kiosks.refused')}</th>
            </tr>
          </thead>
          <tbody>
            {kiosks.map(({ id, name, condition, lastSeen, entries, isChainWhole, checkpoint, refusals }) => (
              <tr key={id}>
                <th scope="row">
                  {nameOf(name)} <span className="tag">{t(`kiosks.condition.${condition}`)}</span>
                </th>
                <td>{lastSeen === null ? t('inspection.kiosks.never') : timeOf(lastSeen)}</td>
                <td>{formatNumber(entries, i18n.language)}</td>
                <td data-good={isChainWhole}>
                  {isChainWhole ? t('inspection.kiosks.whole') : t('inspection.kiosks.broken')}
                </td>
                <td data-good={checkpoint === null ? entries === 0 : checkpoint.isVerified}>
                  {checkpoint === null
                    ? t('inspection.kiosks.noSigned')
                    : `${t('inspection.kiosks.entry', { seq: checkpoint.seq, time: timeOf(checkpoint.time) })}: ${
                        checkpoint.isVerified ? t('inspection.kiosks.good') : t('inspection.kiosks.bad')
                      }`}
                </td>
                <td data-good={Object.keys(refusals).length === 0}>
                  {refusalsOf(refusals) ?? t('inspection.kiosks.none')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
