import { useEffect, useState } from 'react';
import { localDate } from '#counting';
import { useTranslation } from '#i18n';
import type { Inspection, InspectionPeriod } from '#protocol';
import { DAY_MS, instant } from '#values';
import type { StaffFault } from '../faults.ts';
import type { SectionProps } from '../sections/sections.ts';
import { ShopPicker } from '../today/shop-picker.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { Report } from './report.tsx';
import './inspection.css';

/** Days of the period that is shown first. */
const FIRST_DAYS = 30;

type View =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly inspection: Inspection }
  | { readonly state: 'fault'; readonly fault: StaffFault };

/** One shop and period held against the promises. */
export function InspectionScreen({ client, shops, shop, onShop, onSignedOut, onSection }: SectionProps) {
  const { t } = useTranslation('staff');
  const [period, setPeriod] = useState<InspectionPeriod>(lastDays);
  const [view, setView] = useState<View>({ state: 'reading' });
  const shopId = shop.id;
  useEffect(() => {
    let isWanted = true;
    setView({ state: 'reading' });
    void client.inspection(shopId, period).then((answer) => {
      if (!isWanted) return;
      if (answer.ok) setView({ state: 'read', inspection: answer.inspection });
      else if (answer.reason === 'not-signed-in') onSignedOut();
      else setView({ state: 'fault', fault: answer.reason });
    });
    return () => {
      isWanted = false;
    };
  }, [client, shopId, period, onSignedOut]);
  return (
    <>
      <div className="inspection-choice">
        {shops.length > 1 ? <ShopPicker onShop={onShop} shopId={shop.id} shops={shops} /> : null}
        <PeriodPicker onPeriod={setPeriod} period={period} />
      </div>
      {view.state === 'reading' ? (
        <p className="staff-notice" role="status">
          {t('inspection.loading')}
        </p>
      ) : null}
      {view.state === 'fault' ? (
        <p className="staff-alert" role="alert">
          {t(`fault.${view.fault}`)}
        </p>
      ) : null}
      {view.state === 'read' ? (
        <Report inspection={view.inspection} onCheck={() => onSection('check')} />
      ) : null}
    </>
  );
}

/** By this device's own calendar: it only begins the choice. */
function lastDays(): InspectionPeriod {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const now = instant(Date.now());
  return {
    from: localDate(instant(now - (FIRST_DAYS - 1) * DAY_MS), timeZone),
    to: localDate(now, timeZone),
  };
}
