/** @jsxImportSource preact */
import type { ReceiptId } from '#values';
import { saveCopy } from '../save-copy.ts';
import type { ArrivedReceipt } from '../session.ts';
import { useTranslation } from '../use-translation.ts';
import { Button } from './button.tsx';
import { KeepLink } from './keep-link.tsx';
import './keep-copy.css';

interface KeepCopyProps {
  readonly arrived: ArrivedReceipt;
  readonly receiptId: ReceiptId;
}

/** The receipt to take along: a file that any program can check, paper, and the link that opens this page again. */
export function KeepCopy({ arrived, receiptId }: KeepCopyProps) {
  const { t } = useTranslation();
  return (
    <section className="keep-copy">
      <h2>{t('copy.title')}</h2>
      <p className="phone-soft">{t('copy.body')}</p>
      <div className="keep-copy-buttons">
        <Button action="save" look="plain" onPress={() => saveCopy(receiptId, arrived)}>
          {t('copy.save')}
        </Button>
        <Button action="print" look="plain" onPress={() => print()}>
          {t('copy.print')}
        </Button>
      </div>
      <KeepLink />
    </section>
  );
}
