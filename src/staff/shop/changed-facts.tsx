import { useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import { FactValue } from './fact-value.tsx';
import { changedFacts, FACT_GROUPS, FACTS, type SaidTerms } from './said-facts.ts';
import { SaidIn } from './said-in.tsx';

interface ChangedFactsProps {
  readonly began: TermsAnswer;
  readonly after: SaidTerms;
}

/** Every fact that would not stay as it is, before and after. Notices tell some of them, receipts and tablets the others. */
export function ChangedFacts({ began, after }: ChangedFactsProps) {
  const { t } = useTranslation('staff');
  const changed = new Set<string>(changedFacts(began.terms, after));
  return FACT_GROUPS.map((group) => {
    const names = FACTS[group].filter((name) => changed.has(name));
    if (names.length === 0) return null;
    return (
      <section className="terms-part" key={group}>
        <SaidIn answer={began} group={group} />
        <dl className="terms-facts terms-changed">
          {names.map((name) => (
            <div data-fact={name} key={name}>
              <dt>{t(`terms.field.${name}`)}</dt>
              <dd className="terms-was">
                <span className="visually-hidden">{t('terms.was')} </span>
                <FactValue name={name} terms={began.terms} />
              </dd>
              <dd className="terms-is">
                <span className="visually-hidden">{t('terms.is')} </span>
                <FactValue name={name} terms={after} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    );
  });
}
