import { useState } from 'react';
import { useTranslation } from '#i18n';
import type { KioskStatus } from '#protocol';
import { Button } from '#ui';
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
  const [step, setStep] = useState<'shown' | 'asked' | 'doing'>('shown');

  async function shutOut(): Promise<void> {
    setStep('doing');
    await onShutOut();
    setStep('shown');
  }

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
      {kiosk.condition === 'revoked' ? null : step === 'shown' ? (
        <Button
          action="shut-out"
          label={`${t('kiosks.manage.shutOut')}: ${name}`}
          onPress={() => setStep('asked')}
        >
          {t('kiosks.manage.shutOut')}
        </Button>
      ) : (
        <fieldset className="kiosk-row-asked">
          <legend>{t('kiosks.manage.ask', { name })}</legend>
          <p>{t('kiosks.manage.consequence')}</p>
          <div>
            <Button action="keep-kiosk" isDisabled={step === 'doing'} onPress={() => setStep('shown')}>
              {t('kiosks.manage.keep')}
            </Button>
            <Button action="shut-out-for-good" isDisabled={step === 'doing'} onPress={() => void shutOut()}>
              {t('kiosks.manage.confirm')}
            </Button>
          </div>
        </fieldset>
      )}
    </li>
  );
}
