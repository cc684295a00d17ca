import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '#i18n';

interface PinShownProps {
  readonly title: string;
  readonly pin: string;
  readonly children?: ReactNode;
}

/** A PIN that was just made, large, for whoever writes it down. */
export function PinShown({ title, pin, children }: PinShownProps) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="terms-pin">
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      <p>
        {t('terms.pin.label')} <code dir="ltr">{pin}</code>
      </p>
      <p>{t('terms.pin.once')}</p>
      {children}
    </div>
  );
}
