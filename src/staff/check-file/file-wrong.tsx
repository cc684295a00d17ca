import { useEffect, useRef } from 'react';
import { useTranslation } from '#i18n';
import { type Fault, faultInWords } from '#inspection';
import { groupOf } from './fault-group.ts';
import { isolated } from './isolated.ts';

/** The first thing that is wrong: where, what it is about, and the checker's own sentence, which is the command line's. */
export function FileWrong({ name, fault }: { readonly name: string; readonly fault: Fault }) {
  const { t } = useTranslation('staff');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { reason, line, kioskId, seq } = fault;
  return (
    <section className="findings" data-testid="check-outcome" data-verdict="broken">
      <h2 ref={heading} tabIndex={-1}>
        {t('check.bad')}
      </h2>
      <p>{t('check.badBody', { name: isolated(name), line })}</p>
      <p className="check-group">{t(`check.group.${groupOf(reason)}`)}</p>
      <dl className="check-where">
        {kioskId === null ? null : (
          <div>
            <dt>{t('check.where.kiosk')}</dt>
            <dd>
              <code>{kioskId}</code>
            </dd>
          </div>
        )}
        {seq === null ? null : (
          <div>
            <dt>{t('check.where.entry')}</dt>
            <dd>{seq}</dd>
          </div>
        )}
        <div>
          <dt>{t('check.where.line')}</dt>
          <dd>{line}</dd>
        </div>
        <div>
          <dt>{t('check.where.reason')}</dt>
          <dd>
            <span lang="en">{faultInWords(reason)}</span> <code>{reason}</code>
          </dd>
        </div>
      </dl>
      <p>{t('check.after')}</p>
    </section>
  );
}
