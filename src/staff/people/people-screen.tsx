import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { NewPerson, Person } from '#protocol';
import { Button } from '#ui';
import { MINUTE_MS } from '#values';
import type { StaffFault } from '../faults.ts';
import type { SectionProps } from '../sections/sections.ts';
import { useAnswer } from '../use-answer.ts';
import { LetPersonIn } from './let-person-in.tsx';
import { PersonRow } from './person-row.tsx';
import { SignInLink } from './sign-in-link.tsx';
import './people.css';

/** Others change the list seldom; who changes it here asks again at once. */
const AGAIN_MS = MINUTE_MS;

/** What came of the last thing that was done here. */
type Said =
  | { readonly link: string; readonly name: string }
  | { readonly removed: string }
  | { readonly fault: StaffFault };

/** For administrators: who may sign in, one to be let in, one to be removed. */
export function PeopleScreen({ client, onSignedOut }: Pick<SectionProps, 'client' | 'onSignedOut'>) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { answer, fault, load } = useAnswer(client.people, AGAIN_MS, onSignedOut);
  const [said, setSaid] = useState<Said | null>(null);

  function sayFault(reason: StaffFault): void {
    if (reason === 'not-signed-in') onSignedOut();
    else setSaid({ fault: reason });
  }

  async function remove({ id, name }: Person): Promise<void> {
    const removed = await client.removePerson(id);
    if (removed.ok) setSaid({ removed: name });
    else sayFault(removed.reason);
    load();
  }

  async function makeLink({ id, name }: Person): Promise<void> {
    const made = await client.makeSignInLink(id);
    if (made.ok) setSaid({ link: made.link, name });
    else sayFault(made.reason);
  }

  async function letIn(person: NewPerson): Promise<boolean> {
    const made = await client.letPersonIn(person);
    if (made.ok) setSaid({ link: made.link, name: person.name });
    else sayFault(made.reason);
    load();
    return made.ok;
  }

  return (
    <div className="people">
      <div className="people-heading">
        <h1 ref={heading} tabIndex={-1}>
          {t('people.title')}
        </h1>
        <p>{t('people.lead')}</p>
      </div>
      {fault === null ? null : (
        <div className="staff-alert people-fault" role="alert">
          <p>{t(`fault.${fault}`)}</p>
          <Button action="try-again" onPress={load}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
      <div className="people-said" role="status">
        {said === null ? null : 'link' in said ? (
          <SignInLink key={said.link} link={said.link} name={said.name} />
        ) : (
          <p>{'removed' in said ? t('people.removed', { name: said.removed }) : t(`fault.${said.fault}`)}</p>
        )}
      </div>
      <ul>
        {(answer?.people ?? []).map((person) => (
          <PersonRow
            key={person.id}
            onLink={() => makeLink(person)}
            onRemove={() => remove(person)}
            person={person}
          />
        ))}
      </ul>
      <LetPersonIn onLetIn={letIn} />
    </div>
  );
}
