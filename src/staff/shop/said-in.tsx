import { useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import type { FactGroupName } from './said-facts.ts';

interface SaidInProps {
  readonly group: FactGroupName;
  readonly answer: Pick<TermsAnswer, 'terms' | 'shops'>;
}

/** The heading of a group of facts: how far they reach. */
export function SaidIn({ group, answer: { terms, shops } }: SaidInProps) {
  const { t, i18n } = useTranslation('staff');
  return (
    <>
      <h2>{t(`terms.group.${group}`, { company: terms.controller.name })}</h2>
      {group === 'company' && shops.length > 1 ? (
        <p className="terms-soft">
          {t('terms.shops', { shops: new Intl.ListFormat(i18n.language).format(shops) })}
        </p>
      ) : null}
    </>
  );
}
