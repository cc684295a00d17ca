import { useState } from 'react';
import { formatNumber, useTranslation } from '#i18n';
import type { Tablet } from '#tablet';
import { Button } from '#ui';
import { sayWhile } from '../waits.ts';
import './pin-pad.css';

const PIN_LENGTH = 6;
const KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] as const;

/** Where the tablet cannot save, staff read here what the resting screen would tell them. */
const REFUSALS = {
  wrong: 'staff.wrong',
  locked: 'staff.locked',
  storage: 'resting.reason.storage',
} as const;

interface PinPadProps {
  readonly check: Tablet['checkStaffPin'];
  readonly onOpen: () => void;
}

/** Ten keys for a thumb. The digits typed are shown as dots. */
export function PinPad({ check, onOpen }: PinPadProps) {
  const { t, i18n } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<keyof typeof REFUSALS | null>(null);

  async function press(digit: number): Promise<void> {
    const typed = `${pin}${digit}`.slice(0, PIN_LENGTH);
    setPin(typed);
    setRefusal(null);
    if (typed.length < PIN_LENGTH || pin.length === PIN_LENGTH) return;
    const checked = await sayWhile(check(typed));
    if (checked.ok) return onOpen();
    setPin('');
    setRefusal(checked.reason === 'wrong' || checked.reason === 'locked' ? checked.reason : 'storage');
  }

  return (
    <div className="pin-pad">
      <p aria-label={t('staff.digitsTyped', { count: pin.length })} className="pin-dots" role="status">
        {Array.from({ length: PIN_LENGTH }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the dots have no identity but their place
          <span data-filled={index < pin.length} key={index} />
        ))}
      </p>
      <p aria-live="assertive" className="pin-refusal">
        {refusal === null ? '' : t(REFUSALS[refusal])}
      </p>
      <div className="pin-keys">
        {KEYS.map((digit) => (
          <Button action={`digit-${digit}`} key={digit} onPress={() => void press(digit)}>
            {formatNumber(digit, i18n.language)}
          </Button>
        ))}
        <Button action="erase" look="plain" onPress={() => setPin('')}>
          {t('staff.erase')}
        </Button>
      </div>
    </div>
  );
}
