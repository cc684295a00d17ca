import { useTranslation } from '#i18n';
import { SUPPLIERS } from '#inspection';
import type { Inspection } from '#protocol';

/** Everybody whose work the program is built on, and what it touches. */
export function SupplierTable({ software }: { readonly software: Inspection['software'] }) {
  const { t, i18n } = useTranslation('staff');
  const list = (items: readonly string[]) =>
    new Intl.ListFormat(i18n.language, { style: 'short', type: 'unit' }).format(items);
  return (
    <section className="report-table">
      <h2 className="section-heading">{t('inspection.suppliers.title')}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('inspection.suppliers.name')}</th>
              <th scope="col">{t('inspection.suppliers.version')}</th>
              <th scope="col">{t('inspection.suppliers.where')}</th>
              <th scope="col">{t('inspection.suppliers.touches')}</th>
            </tr>
          </thead>
          <tbody>
            {SUPPLIERS.map(({ name, runsIn, touches }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{software?.versions[name] ?? '–'}</td>
                <td>{t(`inspection.runsIn.${runsIn}`)}</td>
                <td>
                  {touches.length === 0
                    ? t('inspection.touch.nothing')
                    : list(touches.map((touch) => t(`inspection.touch.${touch}`)))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{t('inspection.host')}</p>
      <p className="answer-links">
        <a href="/sbom.json" rel="noreferrer" target="_blank">
          {t('inspection.link.sbom')}
        </a>
      </p>
    </section>
  );
}
