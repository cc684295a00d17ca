import { lazy, Suspense } from 'react';
import { showWithdrawalCode } from '#consent';
import { useTranslation } from '#i18n';
import type { IssuedReceipt } from '#tablet';
import { Button } from '#ui';
import type { VisitEvent } from '../visit/machine.ts';
import { Frame } from './frame.tsx';
import './receipt.css';

// Drawn at the end of a visit alone; fetched while the tablet waits, so that nobody waits for it.
const loadQrCode = () => import('#ui/qr-code');
const QrCode = lazy(() => loadQrCode().then((module) => ({ default: module.QrCode })));

/** Brings what draws the code up ahead of time. Without it the receipt's screen fetches it itself. */
export function prepareReceipt(): void {
  loadQrCode().catch(() => undefined);
}

interface ReceiptProps {
  readonly receipts: readonly IssuedReceipt[];
  readonly isDeleted: boolean;
  readonly shopName: string;
  readonly send: (event: VisitEvent) => void;
}

/** The receipt to take away: a code for the visitor's own phone. */
export function ReceiptScreen({ receipts, isDeleted, shopName, send }: ReceiptProps) {
  const { t } = useTranslation('kiosk');
  return (
    <Frame
      actions={
        <div className="answers receipt-done">
          <Button action="done" onPress={() => send({ type: 'done' })}>
            {t('receipt.done')}
          </Button>
        </div>
      }
      shopName={shopName}
      step="receipt"
      title={isDeleted ? t('receipt.titleDeleted') : t('receipt.title')}
    >
      <div className="receipt-words">
        <p>{isDeleted ? t('receipt.bodyDeleted') : t('receipt.body')}</p>
        {isDeleted ? null : (
          <>
            <p className="receipt-no-phone">{t('receipt.noPhone')}</p>
            {receipts.map(({ code }) => (
              <p className="receipt-code" key={code}>
                {showWithdrawalCode(code)}
              </p>
            ))}
          </>
        )}
      </div>
      <div className="receipt-codes">
        <Suspense fallback={null}>
          {receipts.map(({ link }) => (
            <QrCode key={link} label={t('receipt.code')} text={link} />
          ))}
        </Suspense>
      </div>
    </Frame>
  );
}
