/** @jsxImportSource preact */

import type { Session, SessionState } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { Button } from './button.tsx';
import { Frame } from './frame.tsx';
import { TakeBack } from './take-back.tsx';
import { Trouble } from './trouble.tsx';

interface OnItsWayProps {
  readonly state: SessionState;
  readonly session: Session;
  readonly onLanguage: (language: string) => void;
}

/** No receipt yet, because the tablet has not sent it or because the server cannot be asked. Taking it back does not wait for that. */
export function OnItsWayScreen({ state, session, onLanguage }: OnItsWayProps) {
  const { t } = useTranslation();
  const isUnreached = state.receipt === null;
  const isToldBelow = state.takeBack === 'wanted';
  return (
    <Frame
      onLanguage={onLanguage}
      screen={isUnreached ? 'unreached' : 'on-its-way'}
      title={isUnreached ? t('unreached.title') : t('onItsWay.title')}
    >
      <div aria-live="polite" className="phone-lead">
        {state.fault === null || isToldBelow ? null : <Trouble fault={state.fault} />}
        {isUnreached ? null : <p>{t('onItsWay.body')}</p>}
      </div>
      <div className="phone-button">
        <Button action="look-again" look="plain" onPress={session.lookNow}>
          {state.isAsking && !isToldBelow ? t('asking') : t('lookAgain')}
        </Button>
      </div>
      <TakeBack explanation={t('takeBack.unseen')} session={session} state={state} />
      {isUnreached ? null : <p className="phone-soft">{t('onItsWay.help')}</p>}
    </Frame>
  );
}
