import { K_MIN } from '#counting';
import { useTranslation } from '#i18n';
import type { Today } from '#protocol';
import { CellsChart } from '#ui/today';
import './released.css';

/** Ages and genders of all releases, and why small numbers are not among them. */
export function Released({ released }: Pick<Today, 'released'>) {
  const { t, group, i18n } = useTranslation('staff');
  return (
    <section className="released">
      <h2 className="section-heading">{t('released.title')}</h2>
      <div className="released-card">
        {released.people === 0 ? (
          <p>{t('released.none')}</p>
        ) : (
          <CellsChart
            cells={released.cells}
            language={i18n.language}
            texts={{
              caption: t('released.people', { count: released.people }),
              band: group('band'),
              gender: group('gender'),
            }}
          />
        )}
        <p className="released-why">{t('released.why', { people: K_MIN })}</p>
      </div>
    </section>
  );
}
