import { languageName, useTranslation } from '#i18n';
import type { Inspection } from '#protocol';
import { Bars } from './bars.tsx';

/** How people answered and how looks ended, as pictures. */
export function Pictures({ inspection }: { readonly inspection: Inspection }) {
  const { t } = useTranslation('staff');
  const { looks, receipts, tallies, withdrawals } = inspection;
  const endings = Object.entries(looks.byEnding).filter(([, count]) => count > 0);
  return (
    <section className="pictures">
      <Bars
        bars={[
          { label: t('inspection.answer.count'), value: receipts.byPurpose.count },
          { label: t('inspection.answer.demographics'), value: receipts.byPurpose.demographics },
          { label: t('inspection.answer.visitor'), value: receipts.byGiver.visitor },
          { label: t('inspection.answer.guardian'), value: receipts.byGiver.guardian },
          { label: t('inspection.answer.declined'), value: tallies.declined },
          { label: t('inspection.answer.left'), value: tallies.left },
        ]}
        title={t('inspection.answersTitle')}
      />
      <Bars
        bars={endings.map(([ending, value]) => ({
          label: t(`inspection.ending.${ending as keyof typeof looks.byEnding}`),
          value,
        }))}
        title={t('inspection.endingsTitle')}
      />
      <Bars
        bars={Object.entries(receipts.byLanguage).map(([tag, value]) => ({
          label: languageName(tag),
          value,
        }))}
        title={t('inspection.languagesTitle')}
      />
      <Bars
        bars={Object.entries(withdrawals.byPlace).map(([place, value]) => ({
          label: t(`inspection.place.${place as keyof typeof withdrawals.byPlace}`),
          value,
        }))}
        title={t('inspection.placesTitle')}
      />
    </section>
  );
}
