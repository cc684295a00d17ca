import { useEffect, useRef } from 'react';
import { formatDate, useTranslation } from '#i18n';
import type { SessionAnswer } from '#protocol';
import { TodayPanel } from '#ui/today';
import { instant, instantFromIso } from '#values';
import { useLive } from '../live/use-live.ts';
import type { StaffClient } from '../server-client.ts';
import { KioskList } from './kiosk-list.tsx';
import { LiveBadge } from './live-badge.tsx';
import { Released } from './released.tsx';
import { useNow } from './use-now.ts';
import './shop-today.css';

interface ShopTodayProps {
  readonly client: StaffClient;
  readonly shop: SessionAnswer['shops'][number];
  readonly onSignedOut: () => void;
}

/** One shop's day as it happens: the figures, the kiosks, and ages and genders once there are enough of them. */
export function ShopToday({ client, shop, onSignedOut }: ShopTodayProps) {
  const { t, i18n } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const view = useLive(shop.id, client, onSignedOut);
  const now = useNow();
  const { known } = view;
  const today = known?.today ?? null;
  // The server's clock, on which kiosks were last seen, carried on by ours: the two need not agree.
  const heardAgoMs = known === null ? 0 : Math.max(0, now - known.heardAt);
  const asOf = today === null ? null : instantFromIso(today.asOf);
  return (
    <>
      <div className="shop-heading">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t('today.title', { shop: shop.name })}
          </h1>
          <p className="shop-date">{today === null ? ' ' : formatDate(today.date, i18n.language)}</p>
        </div>
        <LiveBadge agoMs={heardAgoMs} view={view} />
      </div>
      {today === null || asOf === null ? null : (
        <div className="shop-today" data-live={view.isLive}>
          <TodayPanel
            hours={today.hours}
            language={i18n.language}
            texts={{
              counted: t('today.counted'),
              declined: t('today.declined'),
              left: t('today.left'),
              byHour: t('today.byHour'),
              hour: t('today.hour'),
              nothingYet: t('today.nothingYet'),
              table: t('today.table'),
            }}
          />
          <KioskList kiosks={today.kiosks} serverNow={instant(asOf + heardAgoMs)} />
          <Released released={today.released} />
        </div>
      )}
    </>
  );
}
