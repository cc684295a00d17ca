import { useEffect, useState } from 'react';
import { useTranslation } from '#i18n';
import type { KioskSettings } from '#protocol';
import { Button } from '#ui';
import { SECOND_MS } from '#values';
import type { VisitEvent } from '../visit/machine.ts';
import './receipt-paper.css';

/** Paper takes this long to come out of a receipt printer. */
const PAPER_MS = 5 * SECOND_MS;

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
  const { isPrinting, startPrinting } = usePrinter();
  const leave = () => send({ type: 'done' });
  return (
    <div className="answers" data-paper={paper}>
      {isDeleted ? null : (
        <Button action="no-receipt" onPress={leave}>
          {t('receipt.noReceipt')}
        </Button>
      )}
      {paper === null || paper === undefined ? null : (
        <Button action="print" isDisabled={isPrinting} onPress={startPrinting}>
          {isPrinting ? t('receipt.printing') : t('receipt.print')}
        </Button>
      )}
      <Button action="done" onPress={leave}>
        {t('receipt.done')}
      </Button>
    </div>
  );
}

/** Prints the page once the screen says so: the browser draws nothing while it prints. */
function usePrinter() {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => print());
    });
    const timer = setTimeout(() => setPrinting(false), PAPER_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [isPrinting]);
  return { isPrinting, startPrinting: () => setPrinting(true) };
}
