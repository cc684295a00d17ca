import { formatNumber, useTranslation } from '#i18n';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Numbers as bars of one scale: read as a list by a screen reader, seen as a picture. */
export function Bars({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) {
  const { t, i18n } = useTranslation('staff');
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <section className="bars">
      <h3>{title}</h3>
      {bars.every(({ value }) => value === 0) ? (
        <p className="bars-none">{t('inspection.nothing')}</p>
      ) : (
        <dl>
          {bars.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 10">
                  <rect height="10" width={(value / most) * 100} />
                </svg>
                {formatNumber(value, i18n.language)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
