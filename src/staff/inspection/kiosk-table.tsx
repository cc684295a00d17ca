import { formatDateTime, formatNumber, useTranslation } from '#i18n';
import type { InspectedKiosk } from '#protocol';
import { DAY_MS, type IsoTime, instantFromIso } from '#values';
import { useKioskName } from '../kiosks/use-kiosk-name.ts';
import { ReportTable } from './report-table.tsx';
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
  const timeOf = (iso: IsoTime | null) => {
    const known = iso === null ? null : instantFromIso(iso);
    return known === null ? '–' : formatDateTime(known, i18n.language, timeZone);
  };
  const signedOf = ({ checkpoint }: InspectedKiosk) => {
    if (checkpoint === null) return t('inspection.kiosks.noSigned');
    const { seq, time, isVerified } = checkpoint;
    const verdict = isVerified ? t('inspection.kiosks.good') : t('inspection.kiosks.bad');
    return `${t('inspection.kiosks.entry', { seq, time: timeOf(time) })}: ${verdict}`;
  };
  const pauseOf = ({ longestPause }: InspectedKiosk) => {
    if (longestPause === null || lengthOf(longestPause) < DAY_MS) return t('inspection.kiosks.pauseNone');
    const { from, to } = longestPause;
    return t('inspection.kiosks.pauseValue', { from: timeOf(from), to: timeOf(to) });
  };
  return (
    <ReportTable
      columns={[
        t('inspection.kiosks.name'),
        t('inspection.kiosks.seen'),
        t('inspection.kiosks.entries'),
        t('inspection.kiosks.pause'),
        t('inspection.kiosks.chain'),
        t('inspection.kiosks.signed'),
        t('inspection.kiosks.refused'),
      ]}
      none={t('kiosks.none')}
      rows={kiosks.map((kiosk) => {
        const { id, name, condition, lastSeen, entries, isChainWhole, checkpoint } = kiosk;
        const refusals = refusalsOf(kiosk.refusals);
        return {
          key: id,
          cells: [
            {
              content: (
                <>
                  {nameOf(name)}{' '}
                  <span className="tag" data-wrong={condition === 'fork'}>
                    {t(`kiosks.condition.${condition}`)}
                  </span>
                </>
              ),
            },
            { content: lastSeen === null ? t('inspection.kiosks.never') : timeOf(lastSeen) },
            { content: formatNumber(entries, i18n.language) },
            { content: pauseOf(kiosk) },
            {
              content: isChainWhole ? t('inspection.kiosks.whole') : t('inspection.kiosks.broken'),
              isWrong: !isChainWhole,
            },
            {
              content: signedOf(kiosk),
              isWrong: checkpoint === null ? entries > 0 : !checkpoint.isVerified,
            },
            { content: refusals ?? t('inspection.kiosks.none'), isWrong: refusals !== null },
          ],
        };
      })}
      title={t('inspection.kiosks.title')}
    />
  );
}

function lengthOf({ from, to }: NonNullable<InspectedKiosk['longestPause']>): number {
  return (instantFromIso(to) ?? 0) - (instantFromIso(from) ?? 0);
}
