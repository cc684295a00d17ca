import { useTranslation } from '#i18n';
import type { KioskStatus } from '#protocol';
import { AskOnceMore } from '../screens/ask-once-more.tsx';
import { ConditionIcon } from '../today/condition-icon.tsx';
import { useKioskName } from './use-kiosk-name.ts';

interface KioskRowProps {
  readonly kiosk: KioskStatus;
  readonly onShutOut: () => Promise<void>;
}

/** One kiosk, and the way to shut it out: asked once more, since nothing brings it back. */
export function KioskRow({ kiosk, onShutOut }: KioskRowProps) {
  const { t, i18n } = useTranslation('staff');
  const name = useKioskName()(kiosk.name);
  return (
    <li className="kiosk-row" data-condition={kiosk.condition} data-kiosk={kiosk.id}>
      <div>
        <h2>{name}</h2>
        <p className="kiosk-condition">
          <ConditionIcon condition={kiosk.condition} />
          {t(`kiosks.condition.${kiosk.condition}`)}
        </p>
        <p className="kiosk-row-paired">
          {t('kiosks.manage.paired', {
            date: new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(
              new Date(kiosk.pairedAt),
            ),
          })}
        </p>
      </div>
      {kiosk.condition === 'revoked' ? null : (
        <AskOnceMore
          action="shut-out"
          onYes={onShutOut}
          words={{
            button: t('kiosks.manage.shutOut'),
            name: `${t('kiosks.manage.shutOut')}: ${name}`,
            question: t('kiosks.manage.ask', { name }),
            consequence: t('kiosks.manage.consequence'),
            yes: t('kiosks.manage.confirm'),
            no: t('kiosks.manage.keep'),
          }}
        />
      )}
    </li>
  );
}
