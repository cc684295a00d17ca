import { useTranslation } from '#i18n';
import { SUPPLIERS } from '#inspection';
import type { Inspection } from '#protocol';
import { ReportTable } from './report-table.tsx';

/** Everybody whose work the program is built on, and what it touches. */
export function SupplierTable({ software }: { readonly software: Inspection['software'] }) {
  const { t } = useTranslation('staff');
  return (
    <ReportTable
      columns={[
        t('inspection.suppliers.name'),
        t('inspection.suppliers.version'),
        t('inspection.suppliers.where'),
        t('inspection.suppliers.touches'),
      ]}
      rows={SUPPLIERS.map(({ name, runsIn, touches }) => ({
        key: name,
        cells: [
          { content: name },
          { content: software?.versions[name] ?? '–' },
          { content: t(`inspection.runsIn.${runsIn}`) },
          {
            content:
              touches.length === 0
                ? t('inspection.touch.nothing')
                : touches.map((touch) => t(`inspection.touch.${touch}`)).join(t('inspection.separator')),
          },
        ],
      }))}
      title={t('inspection.suppliers.title')}
    >
      <p>{t('inspection.host')}</p>
      <p className="answer-links">
        <a href="/sbom.json" rel="noreferrer" target="_blank">
          {t('inspection.link.sbom')}
        </a>
      </p>
    </ReportTable>
  );
}
