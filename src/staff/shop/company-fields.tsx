import { useTranslation } from '#i18n';
import type { Draft } from './draft.ts';
import { PartyList } from './party-list.tsx';
import { TextField } from './text-field.tsx';
import { RANGES, type Wrong } from './wrong.ts';

type Company = Draft['controller'];

interface CompanyFieldsProps {
  readonly company: Company;
  readonly wrong: (path: string) => Wrong | undefined;
  readonly onChange: (company: Company) => void;
}

/** What the company says in all of its shops. */
export function CompanyFields({ company, wrong, onChange }: CompanyFieldsProps) {
  const { t } = useTranslation('staff');
  const { regulator, retention } = company;
  const change = (part: Partial<Company>) => onChange({ ...company, ...part });
  return (
    <>
      <TextField
        label={t('terms.field.name')}
        name="name"
        onChange={(name) => change({ name })}
        value={company.name}
        wrong={wrong('controller.name')}
      />
      <TextField
        label={t('terms.field.address')}
        name="address"
        onChange={(address) => change({ address })}
        value={company.address}
        wrong={wrong('controller.address')}
      />
      <TextField
        hint={t('terms.hint.contact')}
        label={t('terms.field.contact')}
        name="contact"
        onChange={(contact) => change({ contact })}
        value={company.contact}
        wrong={wrong('controller.contact')}
      />
      <TextField
        hint={t('terms.hint.regulator')}
        label={t('terms.field.regulator')}
        name="regulator"
        onChange={(name) => change({ regulator: { ...regulator, name } })}
        value={regulator.name}
        wrong={wrong('controller.regulator.name')}
      />
      <TextField
        inputMode="url"
        label={t('terms.field.regulatorUrl')}
        name="regulatorUrl"
        onChange={(url) => change({ regulator: { ...regulator, url } })}
        value={regulator.url}
        wrong={wrong('controller.regulator.url')}
      />
      <TextField
        hint={t('terms.hint.linkDays', { ...RANGES.linkDays })}
        inputMode="numeric"
        label={t('terms.field.linkDays')}
        name="linkDays"
        onChange={(linkDays) => change({ retention: { ...retention, linkDays } })}
        value={retention.linkDays}
        wrong={wrong('controller.retention.linkDays')}
      />
      <TextField
        hint={t('terms.hint.receiptYears', { ...RANGES.receiptYears })}
        inputMode="numeric"
        label={t('terms.field.receiptYears')}
        name="receiptYears"
        onChange={(receiptYears) => change({ retention: { ...retention, receiptYears } })}
        value={retention.receiptYears}
        wrong={wrong('controller.retention.receiptYears')}
      />
      <PartyList
        name="jointWith"
        onChange={(jointWith) => change({ jointWith })}
        parties={company.jointWith}
        wrong={wrong}
      />
      <PartyList
        name="processors"
        onChange={(processors) => change({ processors })}
        parties={company.processors}
        wrong={wrong}
      />
      <TextField
        hint={t('terms.hint.impactAssessmentUrl')}
        inputMode="url"
        label={t('terms.field.impactAssessmentUrl')}
        name="impactAssessmentUrl"
        onChange={(impactAssessmentUrl) => change({ impactAssessmentUrl })}
        value={company.impactAssessmentUrl}
        wrong={wrong('controller.impactAssessmentUrl')}
      />
    </>
  );
}
