import { type ReactNode, useRef } from 'react';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import './sheet.css';

interface SheetProps {
  /** Becomes the `data-action` of the button that opens it. */
  readonly action: string;
  readonly label: string;
  /** What stands on that button. */
  readonly opener: ReactNode;
  /** What is on the sheet, with a way to close it. */
  readonly children: (close: () => void) => ReactNode;
}

/** Something that few need all the time, one tap away: a button, and a sheet over the screen. */
export function Sheet({ action, label, opener, children }: SheetProps) {
  const { t } = useTranslation('kiosk');
  const sheet = useRef<HTMLDialogElement>(null);
  const close = (): void => sheet.current?.close();
  return (
    <div className="sheet-opener">
      <Button action={action} look="plain" onPress={() => sheet.current?.showModal()}>
        {opener}
      </Button>
      <dialog aria-label={label} className="sheet" ref={sheet}>
        {children(close)}
        <Button action="close" look="plain" onPress={close}>
          {t('takeBack.close')}
        </Button>
      </dialog>
    </div>
  );
}
