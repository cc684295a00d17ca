import { useTranslation } from '#i18n';
import type { KioskSettings } from '#protocol';
import { Button } from '#ui';
import type { VisitEvent } from '../visit/machine.ts';
import './receipt-paper.css';

interface ReceiptAnswersProps {
  /** Null where no printer is set up. */
  readonly paper: KioskSettings['receiptPaper'] | null;
  /** A receipt of a yes that was taken back here is offered as proof, and nobody is asked whether they need it. */
  readonly isDeleted: boolean;
  readonly send: (event: VisitEvent) => void;
}

/** What a visitor can do with the receipt besides scanning it: leave without it, print it where there is a printer, be done. */
export function ReceiptAnswers({ paper, isDeleted, send }: ReceiptAnswersProps) {
  const { t } = useTranslation('kiosk');
  const leave = () => send({ type: 'done' });
  return (
    <div className="answers" data-paper={paper}>
      {isDeleted ? null : (
        <Button action="no-receipt" onPress={leave}>
          {t('receipt.noReceipt')}
        </Button>
      )}
      {paper === null || paper === undefined ? null : (
        <Button action="print" onPress={() => print()}>
          {t('receipt.print')}
        </Button>
      )}
      <Button action="done" onPress={leave}>
        {t('receipt.done')}
      </Button>
    </div>
  );
}
