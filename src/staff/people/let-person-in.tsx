import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from '#i18n';
import { type NewPerson, newPersonSchema, STAFF_ROLES, type StaffRole } from '#protocol';
import { Button } from '#ui';

interface LetPersonInProps {
  /** Whether it was done. */
  readonly onLetIn: (person: NewPerson) => Promise<boolean>;
}

/** A name and what the person may do; the least comes first and is chosen. */
export function LetPersonIn({ onLetIn }: LetPersonInProps) {
  const { t } = useTranslation('staff');
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('staff');
  const [isBusy, setBusy] = useState(false);
  const person = newPersonSchema.safeParse({ name, role });

  async function letIn(): Promise<void> {
    if (!person.success || isBusy) return;
    setBusy(true);
    const isIn = await onLetIn(person.data);
    setBusy(false);
    if (!isIn) return;
    setName('');
    setRole('staff');
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void letIn();
  }

  return (
    <section className="let-person-in">
      <h2>{t('people.letIn')}</h2>
      <form onSubmit={submit}>
        <label htmlFor={id}>{t('people.name')}</label>
        <input
          autoComplete="off"
          id={id}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          value={name}
        />
        <fieldset>
          <legend>{t('people.role')}</legend>
          {STAFF_ROLES.map((each) => (
            <label key={each}>
              <input checked={role === each} name={id} onChange={() => setRole(each)} type="radio" />
              <span>
                <strong>{t(`role.${each}`)}</strong> {t(`people.may.${each}`)}
              </span>
            </label>
          ))}
        </fieldset>
        <div>
          <Button action="let-person-in" isDisabled={!person.success || isBusy} onPress={() => void letIn()}>
            {t('people.letInButton')}
          </Button>
        </div>
      </form>
    </section>
  );
}
