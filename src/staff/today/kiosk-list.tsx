import { useTranslation } from '#i18n';
import type { KioskStatus } from '#protocol';
import type { Instant } from '#values';
import { KioskCard } from './kiosk-card.tsx';
import './kiosk-list.css';

interface KioskListProps {
  readonly kiosks: readonly KioskStatus[];
  readonly serverNow: Instant;
}

/** Every kiosk of the shop, the ones that need somebody first. */
export function KioskList({ kiosks, serverNow }: KioskListProps) {
  const { t } = useTranslation('staff');
  const troubledFirst = [...kiosks].sort((a, b) => needOf(a) - needOf(b));
  return (
    <section className="kiosk-list">
      <h2 className="section-heading">{t('kiosks.title')}</h2>
      {kiosks.length === 0 ? <p className="section-empty">{t('kiosks.none')}</p> : null}
      <ul>
        {troubledFirst.map((kiosk) => (
          <KioskCard key={kiosk.id} kiosk={kiosk} serverNow={serverNow} />
        ))}
      </ul>
    </section>
  );
}

const BY_NEED: readonly KioskStatus['condition'][] = [
  'fork',
  'resting',
  'ailing',
  'silent',
  'well',
  'revoked',
];

function needOf({ condition }: KioskStatus): number {
  return BY_NEED.indexOf(condition);
}
