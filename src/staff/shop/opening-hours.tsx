import { useTranslation } from '#i18n';
import { ChoiceField } from './choice-field.tsx';
import type { Draft } from './draft.ts';
import { TextField } from './text-field.tsx';
import type { Wrong } from './wrong.ts';

type Hours = Draft['settings']['openingHours'];

interface OpeningHoursProps {
  readonly hours: Hours;
  readonly wrong: (path: string) => Wrong | undefined;
  readonly onChange: (hours: Hours) => void;
}

const USUAL_HOURS = { from: '09:00', to: '18:00' };

/** When the tablets stay awake: always, or in the hours of the shop's clock. */
export function OpeningHours({ hours, wrong, onChange }: OpeningHoursProps) {
  const { t } = useTranslation('staff');
  return (
    <>
      <ChoiceField
        choices={[
          ['always', t('terms.hours.none')],
          ['hours', t('terms.hours.some')],
        ]}
        hint={t('terms.hint.openingHours')}
        label={t('terms.field.openingHours')}
        onChange={(choice) => onChange(choice === 'always' ? null : USUAL_HOURS)}
        value={hours === null ? 'always' : 'hours'}
      />
      {hours === null ? null : (
        <div className="terms-hours">
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              label={t(`terms.hours.${end}`)}
              name={`openingHours.${end}`}
              onChange={(time) => onChange({ ...hours, [end]: time })}
              type="time"
              value={hours[end]}
              wrong={wrong(`settings.openingHours.${end}`)}
            />
          ))}
        </div>
      )}
    </>
  );
}
