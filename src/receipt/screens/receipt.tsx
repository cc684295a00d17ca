/** @jsxImportSource preact */

import type { ReceiptReading } from '#protocol/for-phones';
import type { ArrivedReceipt, Session, SessionState } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { Facts } from './facts.tsx';
import { Frame } from './frame.tsx';
import { KeepCopy } from './keep-copy.tsx';
import { Since } from './since.tsx';
import { TakeBack } from './take-back.tsx';
import { Verdict } from './verdict.tsx';
import './print.css';

interface ReceiptProps {
  readonly arrived: ArrivedReceipt;
  readonly reading: ReceiptReading;
  readonly state: SessionState;
  readonly session: Session;
  readonly onLanguage: (language: string) => void;
}

/** The receipt: what became of it, whether it is genuine, taking it back, what it says, a copy to keep. */
export function ReceiptScreen({ arrived, reading, state, session, onLanguage }: ReceiptProps) {
  const { t } = useTranslation();
  const { contribution } = arrived;
  const isTakenBack = arrived.withdrawnAt !== null;
  return (
    <Frame
      onLanguage={onLanguage}
      screen={isTakenBack && contribution === 'anonymous' ? 'anonymous-taken-back' : contribution}
      title={t(`status.${isTakenBack ? 'withdrawn' : contribution}.title`)}
    >
      {isTakenBack && contribution === 'anonymous' ? (
        <div className="phone-lead">
          <p>{t('status.anonymous.late')}</p>
          <p>{t('status.withdrawn.proof')}</p>
        </div>
      ) : null}
      {contribution === 'withdrawn' ? (
        <div className="phone-lead">
          <Since withdrawnAt={arrived.withdrawnAt} />
          {reading.purposes.includes('demographics') ? <p>{t('status.withdrawn.demographics')}</p> : null}
          <p>{t('status.withdrawn.proof')}</p>
        </div>
      ) : null}
      <Verdict checked={arrived.checked} />
      {contribution === 'withdrawn' || isTakenBack ? null : (
        <TakeBack explanation={t(`takeBack.${contribution}`)} session={session} state={state} />
      )}
      <h2>{t('facts.title')}</h2>
      <Facts contribution={contribution} reading={reading} />
      <KeepCopy arrived={arrived} receiptId={reading.receiptId} />
    </Frame>
  );
}
