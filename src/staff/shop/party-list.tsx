import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import { MAX_PARTIES } from '#protocol';
import { Button } from '#ui';
import { type PartyDraft, withNewParty } from './draft.ts';
import { TextField } from './text-field.tsx';
import type { Wrong } from './wrong.ts';

interface PartyListProps {
  readonly name: 'jointWith' | 'processors';
  readonly parties: readonly PartyDraft[];
  readonly wrong: (path: string) => Wrong | undefined;
  readonly onChange: (parties: readonly PartyDraft[]) => void;
}

/** Companies to which one can be added, and from which one can be removed. */
export function PartyList({ name, parties, wrong, onChange }: PartyListProps) {
  const { t } = useTranslation('staff');
  const add = useRef<HTMLButtonElement>(null);
  const [known] = useState(() => new Set(parties.map(({ key }) => key)));
  const count = useRef(parties.length);
  useEffect(() => {
    // Who removed one goes on where one can be added: what had the focus is gone.
    if (parties.length < count.current) add.current?.focus();
    count.current = parties.length;
  }, [parties.length]);
  const replace = (changed: PartyDraft) =>
    onChange(parties.map((party) => (party.key === changed.key ? changed : party)));
  return (
    <fieldset className="terms-parties" data-field={name}>
      <legend>{t(`terms.field.${name}`)}</legend>
      <p className="terms-soft">{t(`terms.hint.${name}`)}</p>
      {parties.map((party, place) => (
        <PartyFields
          isNew={!known.has(party.key)}
          key={party.key}
          onChange={replace}
          onRemove={() => onChange(parties.filter(({ key }) => key !== party.key))}
          party={party}
          place={place + 1}
          wrong={(field) => wrong(`controller.${name}.${place}.${field}`)}
        />
      ))}
      {parties.length < MAX_PARTIES ? (
        <div>
          <Button
            action={`add-${name}`}
            label={`${t('terms.party.add')}: ${t(`terms.field.${name}`)}`}
            look="plain"
            onPress={() => onChange(withNewParty(parties))}
            ref={add}
          >
            {t('terms.party.add')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

interface PartyFieldsProps {
  readonly party: PartyDraft;
  /** Its number in the list, for people. */
  readonly place: number;
  readonly isNew: boolean;
  readonly wrong: (field: string) => Wrong | undefined;
  readonly onChange: (party: PartyDraft) => void;
  readonly onRemove: () => void;
}

function PartyFields({ party, place, isNew, wrong, onChange, onRemove }: PartyFieldsProps) {
  const { t } = useTranslation('staff');
  const fields = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (isNew) fields.current?.querySelector('input')?.focus();
  }, [isNew]);
  const title = party.name.trim() === '' ? t('terms.party.title', { number: place }) : party.name;
  return (
    <fieldset className="terms-party" ref={fields}>
      <legend>{title}</legend>
      {(['name', 'address', 'contact'] as const).map((field) => (
        <TextField
          isNew={isNew}
          key={field}
          label={t(`terms.party.${field}`)}
          name={`party.${field}`}
          onChange={(value) => onChange({ ...party, [field]: value })}
          value={party[field]}
          wrong={wrong(field)}
        />
      ))}
      <div>
        <Button
          action="remove-party"
          label={`${t('terms.party.remove')}: ${title}`}
          look="plain"
          onPress={onRemove}
        >
          {t('terms.party.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
