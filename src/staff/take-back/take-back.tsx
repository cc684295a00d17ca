import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from '#i18n';
import type { ReceiptAnswer } from '#protocol';
import { Button } from '#ui';
import type { StaffFault } from '../faults.ts';
import type { StaffClient } from '../server-client.ts';
import { readPastedLink } from './read-link.ts';
import './take-back.css';

type Answer = Taken | StaffFault;
/** `late`: the link to the count was cut before. */
type Taken = 'done' | 'late' | 'unknown';

/** Takes a yes back for a visitor who asks staff and shows the receipt's link. */
export function TakeBack({ client }: { readonly client: StaffClient }) {
  const { t } = useTranslation('staff');
  const id = useId();
  const [link, setLink] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function takeBack(): Promise<void> {
    const read = readPastedLink(link);
    if (read === null) return setAnswer('link-broken');
    setBusy(true);
    const taken = await client.takeBack(read);
    setBusy(false);
    if (!taken.ok) return setAnswer(taken.reason);
    setAnswer(takenBy(taken.answer));
    if (taken.answer.state === 'known') setLink('');
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void takeBack();
  }

  return (
    <section className="take-back">
      <h2 className="section-heading">{t('takeBack.title')}</h2>
      <p className="take-back-words">{t('takeBack.body')}</p>
      <form onSubmit={submit}>
        <label htmlFor={id}>{t('takeBack.link')}</label>
        <input
          autoCapitalize="off"
          autoComplete="off"
          id={id}
          inputMode="url"
          onChange={(event) => setLink(event.target.value)}
          spellCheck={false}
          value={link}
        />
        <Button action="take-back" isDisabled={isBusy || link.trim() === ''} onPress={() => void takeBack()}>
          {t('takeBack.button')}
        </Button>
      </form>
      <p className="take-back-answer" data-answer={answer} role="status">
        {answer === null ? '' : wordsOf(answer)}
      </p>
    </section>
  );

  function wordsOf(given: Answer): string {
    return given === 'done' || given === 'late' || given === 'unknown'
      ? t(`takeBack.answer.${given}`)
      : t(`fault.${given}`);
  }
}

function takenBy(answer: ReceiptAnswer): Taken {
  if (answer.state === 'unknown') return 'unknown';
  return answer.contribution === 'anonymous' ? 'late' : 'done';
}
