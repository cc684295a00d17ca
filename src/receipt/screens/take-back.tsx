/** @jsxImportSource preact */

import type { Session, SessionState } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { Button } from './button.tsx';
import { Trouble } from './trouble.tsx';
import './take-back.css';

interface TakeBackProps {
  readonly state: SessionState;
  readonly session: Session;
  readonly explanation: string;
}

/**
 * Taking the yes back, with one tap and no second question. Giving it took one tap (the age question guards children and asks nothing about
 * the yes), and taking back must be as easy (GDPR Art. 7(3), PIPL Art. 15): "are you sure?" would make it harder and would be a nudge.
 * A tap by mistake costs the visitor nothing: no service hangs on the yes, the receipt stays readable, and the tablet asks anybody again.
 * Sliding over the button to scroll is not a tap, and nothing else lies right beside it.
 */
export function TakeBack({ state, session, explanation }: TakeBackProps) {
  const { t } = useTranslation();
  if (state.takeBack === 'kept') {
    return (
      <section className="take-back" role="status">
        <h2 className="take-back-title">{t('takeBack.keptTitle')}</h2>
        <p>{t('takeBack.kept')}</p>
      </section>
    );
  }
  const isWanted = state.takeBack === 'wanted';
  return (
    <section className="take-back">
      <p>{explanation}</p>
      <Button action="take-back" isDisabled={isWanted && state.isAsking} onPress={session.takeBack}>
        {isWanted && state.isAsking ? t('takeBack.sending') : t('takeBack.label')}
      </Button>
      <div aria-live="polite">
        {isWanted && state.fault !== null ? (
          <div className="take-back-fault">
            <p>{t('takeBack.notYet')}</p>
            <Trouble fault={state.fault} />
          </div>
        ) : null}
      </div>
    </section>
  );
}
