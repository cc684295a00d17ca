import type { ReactNode } from 'react';
import { useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import { FactValue } from './fact-value.tsx';
import { FACT_GROUPS, FACTS } from './said-facts.ts';
import { SaidIn } from './said-in.tsx';

/** The facts in plain rows, by how far each reaches. */
export function Facts({ answer }: { readonly answer: TermsAnswer }) {
  const { t, i18n } = useTranslation('staff');
  const { terms, fixed } = answer;
  return (
    <>
      {FACT_GROUPS.map((group) => (
        <section className="terms-part" key={group}>
          <SaidIn answer={answer} group={group} />
          <Rows
            facts={FACTS[group].map((name) => [
              t(`terms.field.${name}`),
              <FactValue key={name} name={name} terms={terms} />,
            ])}
          />
        </section>
      ))}
      <section className="terms-part">
        <h2>{t('terms.group.fixed')}</h2>
        <Rows
          facts={[
            [t('terms.field.country'), countryName(fixed.country, i18n.language)],
            [
              t('terms.field.laws'),
              fixed.laws.length === 0 ? t('terms.none') : fixed.laws.map(lawName).join(', '),
            ],
            [t('terms.field.timeZone'), fixed.timeZone],
            [t('terms.field.publicUrl'), fixed.publicUrl],
            [t('terms.field.releaseMin'), t('inspection.value.people', { count: fixed.releaseMin })],
          ]}
        />
      </section>
    </>
  );
}

function Rows({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="terms-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function countryName(country: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}

/** `eu-gdpr:GDPR` is known by what comes after the colon; an address is shown whole. */
function lawName(law: string): string {
  return /^[\w-]+:([\w-]+)$/.exec(law)?.[1] ?? law;
}
