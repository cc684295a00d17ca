import { useTranslation } from '#i18n';
import { SUPPLIERS } from '#inspection';
import type { Inspection } from '#protocol';
import { ReportTable } from './report-table.tsx';

/** Everybody whose work the program is built on, and what it touches, and everybody who works for the controller. */
export function SupplierTable({ inspection }: { readonly inspection: Inspection }) {
  const { t } = useTranslation('staff');
  const { software, controller } = inspection;
  const workers = controller.processors.map((name) => ({
    key: `worker ${name}`,
    cells: [
      { content: name },
      { content: '–' },
      { content: t('inspection.runsIn.contract') },
      { content: t('inspection.touch.contract') },
    ],
  }));
  const parts = SUPPLIERS.map(({ name, runsIn, touches }) => ({
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
  }));
  return (
    <ReportTable
      columns={[
        t('inspection.suppliers.name'),
        t('inspection.suppliers.version'),
        t('inspection.suppliers.where'),
        t('inspection.suppliers.touches'),
      ]}
      rows={[...workers, ...parts]}
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
