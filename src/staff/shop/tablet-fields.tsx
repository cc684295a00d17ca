import { useTranslation } from '#i18n';
import { ChoiceField } from './choice-field.tsx';
import { type Draft, PAPERS, SURROUNDINGS } from './draft.ts';
import { OpeningHours } from './opening-hours.tsx';
import { TextField } from './text-field.tsx';
import { RANGES, type Wrong } from './wrong.ts';

type Settings = Draft['settings'];

interface TabletFieldsProps {
  readonly settings: Settings;
  readonly wrong: (path: string) => Wrong | undefined;
  readonly onChange: (settings: Settings) => void;
}

/** How the tablets of the shop ask. */
export function TabletFields({ settings, wrong, onChange }: TabletFieldsProps) {
  const { t } = useTranslation('staff');
  const change = (part: Partial<Settings>) => onChange({ ...settings, ...part });
  return (
    <>
      <TextField
        hint={t('terms.hint.ageOfConsent', { ...RANGES.ageOfConsent })}
        inputMode="numeric"
        label={t('terms.field.ageOfConsent')}
        name="ageOfConsent"
        onChange={(ageOfConsent) => change({ ageOfConsent })}
        value={settings.ageOfConsent}
        wrong={wrong('settings.ageOfConsent')}
      />
      <TextField
        hint={t('terms.hint.idleSeconds', { ...RANGES.idleSeconds })}
        inputMode="numeric"
        label={t('terms.field.idleSeconds')}
        name="idleSeconds"
        onChange={(idleSeconds) => change({ idleSeconds })}
        value={settings.idleSeconds}
        wrong={wrong('settings.idleSeconds')}
      />
      <OpeningHours
        hours={settings.openingHours}
        onChange={(openingHours) => change({ openingHours })}
        wrong={wrong}
      />
      <ChoiceField
        choices={SURROUNDINGS.map((each) => [each, t(`terms.surroundings.${each}`)] as const)}
        label={t('terms.field.surroundings')}
        onChange={(surroundings) => change({ surroundings })}
        value={settings.surroundings}
      />
      <ChoiceField
        choices={PAPERS.map((each) => [each, t(`terms.paper.${each}`)] as const)}
        hint={t('terms.hint.receiptPaper')}
        label={t('terms.field.receiptPaper')}
        onChange={(receiptPaper) => change({ receiptPaper })}
        value={settings.receiptPaper}
      />
    </>
  );
}
