import { useEffect, useRef } from 'react';
import { formatDate, formatDateTime, useTranslation } from '#i18n';
import { apiPaths, type Inspection } from '#protocol';
import { Button } from '#ui';
import { instantFromIso } from '#values';
import { Answers } from './answers.tsx';
import { Findings } from './findings.tsx';
import { KioskTable } from './kiosk-table.tsx';
import { NoticeTable } from './notice-table.tsx';
import { NoticeTexts } from './notice-texts.tsx';
import { Pictures } from './pictures.tsx';
import { SupplierTable } from './supplier-table.tsx';

interface ReportProps {
  readonly inspection: Inspection;
  readonly onCheck: () => void;
}

/** The whole page, and as it is printed: what is wrong first, then the answers with their evidence. */
export function Report({ inspection, onCheck }: ReportProps) {
  const { t, i18n } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { shop, controller, from, to } = inspection;
  const asOf = instantFromIso(inspection.asOf);
  const day = (date: string) => formatDate(date, i18n.language);
  return (
    <article className="report">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('inspection.title', { shop: shop.name })}
        </h1>
        <p className="report-of">
          {t('inspection.of', { controller: controller.name, from: day(from), to: day(to) })}
        </p>
        {controller.jointWith.length === 0 ? null : (
          <p className="report-of">
            {t('inspection.together', {
              names: new Intl.ListFormat(i18n.language).format(controller.jointWith),
            })}
          </p>
        )}
        <p className="report-of">
          {asOf === null
            ? null
            : t('inspection.asOf', { time: formatDateTime(asOf, i18n.language, shop.timeZone) })}
        </p>
        <p>{t('inspection.lead')}</p>
      </header>
      <Findings notes={inspection.notes} problems={inspection.problems} timeZone={shop.timeZone} />
      <div className="report-actions">
        <a className="report-button" data-action="export" download href={apiPaths.exportShop(shop.id)}>
          {t('inspection.export')}
        </a>
        <Button action="print" look="plain" onPress={() => print()}>
          {t('inspection.print')}
        </Button>
        <Button action="check" look="plain" onPress={onCheck}>
          {t('inspection.checkHere')}
        </Button>
        <p>{t('inspection.exportWhy')}</p>
      </div>
      <Answers inspection={inspection} />
      <Pictures inspection={inspection} />
      <NoticeTable notices={inspection.notices} timeZone={shop.timeZone} />
      <KioskTable kiosks={inspection.kiosks} timeZone={shop.timeZone} />
      <SupplierTable inspection={inspection} />
      <NoticeTexts notices={inspection.notices} />
    </article>
  );
}
