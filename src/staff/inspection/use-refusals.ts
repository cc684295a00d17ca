import { useTranslation } from '#i18n';
import type { InspectedKiosk, RefusalReason } from '#protocol';

/** What ingest refuses; the other reasons are of requests, and are never noted for a kiosk. */
export const NOTED_REFUSALS = [
  'malformed',
  'chain-broken',
  'does-not-join',
  'fork',
  'checkpoint-wrong',
  'other-kiosk',
  'receipt-signature-wrong',
  'receipt-mismatch',
  'notice-unknown',
  'receipt-unknown',
  'look-unknown',
  'contribution-twice',
  'release-too-small',
  'release-too-large',
] as const satisfies readonly RefusalReason[];

/** Gives a kiosk's refusals in words, or null where there are none. */
export function useRefusals(): (refusals: InspectedKiosk['refusals']) => string | null {
  const { t } = useTranslation('staff');
  return (refusals) => {
    const words = Object.entries(refusals).map(([reason, count]) => {
      const noted = NOTED_REFUSALS.find((known) => known === reason) ?? 'other';
      return `${t(`inspection.refusal.${noted}`)}: ${count}`;
    });
    return words.length === 0 ? null : words.join(t('inspection.separator'));
  };
}
