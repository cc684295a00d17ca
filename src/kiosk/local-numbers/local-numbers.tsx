import { lazy, Suspense, useEffect, useState } from 'react';
import type { HourCounts } from '#counting';
import { useTranslation } from '#i18n';
import type { Tablet } from '#tablet';
import { Button } from '#ui';
import { Frame } from '../screens/frame.tsx';
import { useQuiet } from '../use-quiet.ts';
import { sayWhile } from '../waits.ts';
import { PinPad } from './pin-pad.tsx';

// The chart is large and only staff need it: it must not weigh on the first screen.
const loadToday = () => import('#ui/today');
const TodayPanel = lazy(() => sayWhile(loadToday()).then((today) => ({ default: today.TodayPanel })));

/** Loads what the numbers are shown with, so that they open without a network. Their picture is drawn where it can be had. */
export async function prepareNumbers(): Promise<void> {
  await loadToday();
}

/** Numbers do not stay open on a tablet that staff walked away from. */
const CLOSE_AFTER_MS = 60_000;

interface LocalNumbersProps {
  readonly tablet: Tablet;
  readonly language: string;
  readonly onClose: () => void;
}

/** Today's numbers of this tablet from its own storage, behind the staff PIN. Works without a network. */
export function LocalNumbers({ tablet, language, onClose }: LocalNumbersProps) {
  const { t } = useTranslation('kiosk');
  const [isOpen, setOpen] = useState(false);
  const hours = useHours(tablet, isOpen);

  useQuiet(CLOSE_AFTER_MS, onClose);

  const close = (
    <Button action="close" look="plain" onPress={onClose}>
      {t('staff.close')}
    </Button>
  );
  if (!isOpen) {
    return (
      <Frame actions={close} look="staff-pin" step="attract" title={t('staff.pin')}>
        <PinPad check={tablet.checkStaffPin} onOpen={() => setOpen(true)} />
      </Frame>
    );
  }
  return (
    <Frame
      actions={close}
      look="staff-numbers"
      shopName={tablet.config().shop.name}
      step="attract"
      title={t('staff.title')}
    >
      <Suspense fallback={null}>
        {hours === null ? null : (
          <TodayPanel
            hours={hours}
            language={language}
            texts={{
              counted: t('staff.counted'),
              declined: t('staff.declined'),
              left: t('staff.left'),
              byHour: t('staff.byHour'),
              hour: t('staff.hour'),
              nothingYet: t('staff.nothingYet'),
              table: t('staff.table'),
            }}
          />
        )}
      </Suspense>
    </Frame>
  );
}

function useHours(tablet: Tablet, isOpen: boolean): readonly HourCounts[] | null {
  const [hours, setHours] = useState<readonly HourCounts[] | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    const read = () => void sayWhile(tablet.today()).then((today) => setHours(today.hours));
    read();
    return tablet.onChange(read);
  }, [tablet, isOpen]);
  return hours;
}
