import { formatAgo, useTranslation } from '#i18n';
import type { KioskStatus } from '#protocol';
import { type Instant, instantFromIso } from '#values';
import { useKioskName } from '../kiosks/use-kiosk-name.ts';
import { ConditionIcon } from './condition-icon.tsx';

interface KioskCardProps {
  readonly kiosk: KioskStatus;
  readonly serverNow: Instant;
}

/** Whether one kiosk is well, in words; what is wrong and what to do; and how it counts. */
export function KioskCard({ kiosk, serverNow }: KioskCardProps) {
  const { t, i18n } = useTranslation('staff');
  const nameOf = useKioskName();
  const { condition, health } = kiosk;
  const lastSeen = kiosk.lastSeen === null ? null : instantFromIso(kiosk.lastSeen);
  const vision = health?.vision ?? null;
  const times = vision?.frameMs;
  return (
    <li className="kiosk-card" data-condition={condition}>
      <div className="kiosk-card-heading">
        <h3>{nameOf(kiosk.name)}</h3>
        <p className="kiosk-condition">
          <ConditionIcon condition={condition} />
          {t(`kiosks.condition.${condition}`)}
        </p>
      </div>
      <p>{t(`kiosks.meaning.${condition}`)}</p>
      {health?.problem == null ? null : (
        <p className="kiosk-problem">{t(`kiosks.problem.${health.problem}`)}</p>
      )}
      <dl>
        <div>
          <dt>{t('kiosks.lastSeen')}</dt>
          <dd>{lastSeen === null ? t('kiosks.never') : formatAgo(serverNow - lastSeen, i18n.language)}</dd>
        </div>
        {health === null ? null : (
          <>
            <div>
              <dt>{t('kiosks.waiting')}</dt>
              <dd>{t('kiosks.waitingCount', { count: health.waiting })}</dd>
            </div>
            <div>
              <dt>{t('kiosks.counts')}</dt>
              <dd>
                {t(`kiosks.backend.${vision?.backend ?? 'none'}`)}
                {vision === null ? null : (
                  <span className="kiosk-why">{t(`kiosks.reason.${vision.reason}`)}</span>
                )}
                {times?.webgl == null || times.wasm === null ? null : (
                  <span className="kiosk-why">
                    {t('kiosks.times', { webgl: times.webgl, wasm: times.wasm })}
                  </span>
                )}
              </dd>
            </div>
          </>
        )}
      </dl>
    </li>
  );
}
