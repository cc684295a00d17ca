import { lazy, Suspense } from 'react';
import { showWithdrawalCode } from '#consent';
import { useTranslation } from '#i18n';
import type { KioskSettings } from '#protocol';
import type { IssuedReceipt } from '#tablet';
import { formatUnit } from '#values';
import type { VisitEvent } from '../visit/machine.ts';
import { sayWhile } from '../waits.ts';
import { Cover } from './cover.tsx';
import { Frame } from './frame.tsx';
import { ReceiptAnswers } from './receipt-answers.tsx';
import './receipt.css';

// Drawn at the end of a visit alone; fetched while the tablet waits, so that nobody waits for it.
const loadQrCode = () => import('#ui/qr-code');
const QrCode = lazy(() => sayWhile(loadQrCode()).then((module) => ({ default: module.QrCode })));

/** Brings what draws the code up ahead of time. Without it the receipt's screen fetches it itself. */
export function prepareReceipt(): void {
  loadQrCode().catch(() => undefined);
}

/** No phone can reach this address, so who tries AskFirst out on one machine opens the receipt there. Never so on a real kiosk. */
function isOnThisMachine(link: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(link).hostname);
}

interface ReceiptProps {
  readonly receipts: readonly IssuedReceipt[];
  readonly isDeleted: boolean;
  /** A fault of the tablet ended the visit, so that no screen before this one told it. */
  readonly isUncounted: boolean;
  /** For so long the yes can be taken back with its number. */
  readonly linkDays: number;
  readonly hasDeleteFailed: boolean;
  /** Nobody has touched the screen for a while: the codes are not for whoever comes next. */
  readonly isCovered: boolean;
  readonly shopName: string;
  /** Null where no printer is set up. */
  readonly paper: KioskSettings['receiptPaper'] | null;
  readonly send: (event: VisitEvent) => void;
}

/** The receipt to take away: a code for the visitor's own phone. */
export function ReceiptScreen({
  receipts,
  isDeleted,
  isUncounted,
  linkDays,
  hasDeleteFailed,
  isCovered,
  shopName,
  paper,
  send,
}: ReceiptProps) {
  const { t, i18n } = useTranslation('kiosk');
  const title = isUncounted ? t('result.notCountedTitle') : t('receipt.title');
  return (
    <Frame
      actions={<ReceiptAnswers isDeleted={isDeleted} paper={paper} send={send} />}
      shopName={shopName}
      step="receipt"
      title={hasDeleteFailed ? t('receipt.titleNotDeleted') : isDeleted ? t('receipt.titleDeleted') : title}
    >
      <div className="receipt-words" data-covered={isCovered}>
        <p>
          {hasDeleteFailed
            ? t('receipt.bodyNotDeleted')
            : isDeleted
              ? t('receipt.bodyDeleted')
              : t('receipt.body')}
        </p>
        {isDeleted ? null : (
          <>
            <p className="receipt-no-phone">
              {t('receipt.noPhone', { time: formatUnit(linkDays, 'day', i18n.language) })}
            </p>
            {receipts.length > 1
              ? null
              : receipts.map(({ code }) => (
                  <p className="receipt-code" key={code}>
                    <span className="of-visitor">{showWithdrawalCode(code)}</span>
                  </p>
                ))}
          </>
        )}
        {receipts
          .filter(({ link }) => isOnThisMachine(link))
          .map(({ link }) => (
            <a
              className="receipt-open of-visitor"
              data-action="open-receipt"
              href={link}
              key={link}
              rel="noopener"
              target="_blank"
            >
              {t('receipt.open')}
            </a>
          ))}
      </div>
      <div className="receipt-place cover-stack" data-covered={isCovered}>
        <div className="receipt-codes of-visitor" data-several={receipts.length > 1}>
          <Suspense fallback={null}>
            {receipts.map(({ link, code }, index) => (
              <figure className="receipt-of-one" key={link}>
                <QrCode label={t('receipt.code')} text={link} />
                {receipts.length > 1 ? (
                  <figcaption>
                    {t('receipt.of', { number: index + 1, all: receipts.length })}
                    {isDeleted ? null : <span className="receipt-code">{showWithdrawalCode(code)}</span>}
                  </figcaption>
                ) : null}
              </figure>
            ))}
          </Suspense>
        </div>
        <Cover isCovered={isCovered} isLast onShow={() => send({ type: 'show' })} />
      </div>
    </Frame>
  );
}
