import { useState } from 'react';
import { useTranslation } from '#i18n';
import type { Person } from '#protocol';
import { Button } from '#ui';
import { AskOnceMore } from '../screens/ask-once-more.tsx';

interface PersonRowProps {
  readonly person: Person;
  readonly onLink: () => Promise<void>;
  readonly onRemove: () => Promise<void>;
}

/** Somebody who may sign in. Nobody removes themselves, so that an administrator is always left. */
export function PersonRow({ person, onLink, onRemove }: PersonRowProps) {
  const { t } = useTranslation('staff');
  const { name, role, isYou } = person;
  const [isBusy, setBusy] = useState(false);

  async function makeLink(): Promise<void> {
    setBusy(true);
    await onLink();
    setBusy(false);
  }

  return (
    <li className="person-row">
      <div>
        <h2>{name}</h2>
        <p>{isYou ? t('people.you', { role: t(`role.${role}`) }) : t(`role.${role}`)}</p>
      </div>
      <div>
        <Button
          action="make-link"
          isDisabled={isBusy}
          label={`${t('people.makeLink')}: ${name}`}
          look="plain"
          onPress={() => void makeLink()}
        >
          {t('people.makeLink')}
        </Button>
        {isYou ? null : (
          <AskOnceMore
            action="remove-person"
            onYes={onRemove}
            words={{
              button: t('people.remove'),
              name: `${t('people.remove')}: ${name}`,
              question: t('people.ask', { name }),
              consequence: t('people.consequence'),
              yes: t('people.confirm'),
              no: t('people.keep'),
            }}
          />
        )}
      </div>
    </li>
  );
}
