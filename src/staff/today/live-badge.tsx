import { formatAgo, formatTime, useTranslation } from '#i18n';
import { instantFromIso } from '#values';
import type { LiveView } from '../live/watch-live.ts';
import './live-badge.css';

interface LiveBadgeProps {
  readonly view: LiveView;
  readonly agoMs: number;
}

/** Whether the numbers are true now, and if not, since when and why. Said in words, never by colour alone. */
export function LiveBadge({ view, agoMs }: LiveBadgeProps) {
  const { t, i18n } = useTranslation('staff');
  const { known, isLive, fault } = view;
  const asOf = known === null ? null : instantFromIso(known.today.asOf);
  const time =
    known === null || asOf === null ? '' : formatTime(asOf, i18n.language, known.today.shop.timeZone);
  const isOpening = known === null && fault === null;
  const state = isLive ? t('live.live') : isOpening ? t('live.opening') : t('live.notLive');
  return (
    <div className="live-badge" data-live={isLive} data-testid="live">
      <p className="live-state" role="status">
        <svg aria-hidden="true" fill="none" viewBox="0 0 24 24">
          {isLive ? <circle cx="12" cy="12" r="7" /> : <path d="M12 4v9M12 18.5v.5" />}
        </svg>
        {state}
      </p>
      {time === '' ? null : (
        <p className="live-time">
          {isLive
            ? t('live.asOf', { time })
            : t('live.lastUpdate', { time, ago: formatAgo(agoMs, i18n.language) })}
        </p>
      )}
      {fault === null ? null : <p className="live-time">{t(`fault.${fault}`)}</p>}
    </div>
  );
}
