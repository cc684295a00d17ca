import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from '#i18n';
import { type InspectionPeriod, inspectionPeriodSchema } from '#protocol';
import { Button } from '#ui';

interface PeriodPickerProps {
  readonly period: InspectionPeriod;
  readonly onPeriod: (period: InspectionPeriod) => void;
}

/** Two days with the browser's own calendar, which is at home in every language. */
export function PeriodPicker({ period, onPeriod }: PeriodPickerProps) {
  const { t } = useTranslation('staff');
  const id = useId();
  const [typed, setTyped] = useState(period);
  const parsed = inspectionPeriodSchema.safeParse(typed);
  const show = () => {
    // The same days again are read again.
    if (parsed.success) onPeriod({ ...parsed.data });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show();
  };
  const field = (name: keyof InspectionPeriod) => (
    <span className="period-field">
      <label htmlFor={`${id}-${name}`}>{t(`inspection.${name}`)}</label>
      <input
        id={`${id}-${name}`}
        onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        type="date"
        value={typed[name]}
      />
    </span>
  );
  return (
    <form className="period-picker" onSubmit={submit}>
      {field('from')}
      {field('to')}
      <Button action="show-period" isDisabled={!parsed.success} look="plain" onPress={show}>
        {t('inspection.show')}
      </Button>
    </form>
  );
}
