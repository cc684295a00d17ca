/** @jsxImportSource preact */

import type { ReceiptId } from '#values';
import type { ArrivedReceipt, Session, SessionState } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { Frame } from './frame.tsx';
import { KeepCopy } from './keep-copy.tsx';
import { Since } from './since.tsx';
import { TakeBack } from './take-back.tsx';
import { Verdict } from './verdict.tsx';

interface FalseReceiptProps {
  readonly arrived: ArrivedReceipt;
  readonly receiptId: ReceiptId;
  readonly state: SessionState;
  readonly session: Session;
  readonly onLanguage: (language: string) => void;
}

/** A receipt that failed a check: said first and in red. What it claims is not shown as if it were true; taking back works all the same. */
export function FalseReceiptScreen({ arrived, receiptId, state, session, onLanguage }: FalseReceiptProps) {
  const { t } = useTranslation();
  const { contribution, withdrawnAt } = arrived;
  return (
    <Frame isAlert onLanguage={onLanguage} screen="false" title={t('verdict.falseTitle')}>
      <p className="phone-lead">{t('verdict.falseBody')}</p>
      <Verdict checked={arrived.checked} />
      {contribution === 'withdrawn' || withdrawnAt !== null ? (
        <section className="take-back" role="status">
          <h2 className="take-back-title">{t('status.withdrawn.title')}</h2>
          {contribution === 'anonymous' ? (
            <p>{t('status.anonymous.late')}</p>
          ) : (
            <Since withdrawnAt={withdrawnAt} />
          )}
        </section>
      ) : (
        <>
          <p>{t('verdict.falseHelp')}</p>
          <TakeBack explanation={t(`takeBack.${contribution}`)} session={session} state={state} />
        </>
      )}
      <KeepCopy arrived={arrived} receiptId={receiptId} />
    </Frame>
  );
}
