import { useEffect, useRef } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { MINUTE_MS } from '#values';
import type { StaffClient } from '../server-client.ts';
import { useAnswer } from '../use-answer.ts';
import { Done } from './done.tsx';
import { DueDates } from './due-dates.tsx';
import { Rules } from './rules.tsx';
import './retention.css';

/** Runs are an hour apart: this keeps an open page right without ever being in the way. */
const AGAIN_MS = 5 * MINUTE_MS;

interface RetentionScreenProps {
  readonly client: StaffClient;
  readonly onSignedOut: () => void;
}

/** For an officer: what is deleted when, what is due next, what was done, and where the proof of it ends. */
export function RetentionScreen({ client, onSignedOut }: RetentionScreenProps) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { answer: heard, fault, load } = useAnswer(client.retention, AGAIN_MS, onSignedOut);
  const answer = heard?.retention ?? null;
  return (
    <>
      <div className="retention-heading">
        <h1 ref={heading} tabIndex={-1}>
          {t('retention.title')}
        </h1>
        <p>{answer === null ? ' ' : t('retention.lead', { name: answer.controller.name })}</p>
      </div>
      {fault === null ? null : (
        <div className="staff-alert retention-fault" role="alert">
          <p>{t(`fault.${fault}`)}</p>
          <Button action="try-again" onPress={load}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
      {answer === null ? null : (
        <div className="retention">
          <Rules settings={answer.settings} />
          <DueDates due={answer.due} />
          <Done answer={answer} />
        </div>
      )}
    </>
  );
}
