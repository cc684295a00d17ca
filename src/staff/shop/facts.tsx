import type { ReactNode } from 'react';
import { languageName, useTranslation } from '#i18n';
import type { TermsAnswer } from '#protocol';
import { formatUnit } from '#values';

type Party = Pick<TermsAnswer['terms']['controller'], 'name' | 'address' | 'contact'>;

/** The facts in plain rows, by how far each reaches. */
export function Facts({ answer: { terms, fixed, shops } }: { readonly answer: TermsAnswer }) {
  const { t, i18n } = useTranslation('staff');
  const { language } = i18n;
  const { controller, shop, settings } = terms;
  const { openingHours, receiptPaper } = settings;
  const [first = 'en'] = shop.languages;
  const none = t('terms.none');
  return (
    <>
      <FactGroup
        facts={[
          [t('terms.field.name'), controller.name],
          [t('terms.field.address'), controller.address],
          [t('terms.field.contact'), controller.contact],
          [t('terms.field.regulator'), controller.regulator.name],
          [t('terms.field.regulatorUrl'), <Address key="url" url={controller.regulator.url} />],
          [t('terms.field.linkDays'), formatUnit(controller.retention.linkDays, 'day', language)],
          [t('terms.field.receiptYears'), formatUnit(controller.retention.receiptYears, 'year', language)],
          [t('terms.field.jointWith'), <Parties key="joint" none={none} parties={controller.jointWith} />],
          [t('terms.field.processors'), <Parties key="work" none={none} parties={controller.processors} />],
          [
            t('terms.field.impactAssessmentUrl'),
            controller.impactAssessmentUrl === undefined ? (
              none
            ) : (
              <Address key="url" url={controller.impactAssessmentUrl} />
            ),
          ],
        ]}
        title={t('terms.group.company', { company: controller.name })}
      >
        {shops.length > 1 ? (
          <p className="terms-soft">
            {t('terms.shops', { shops: new Intl.ListFormat(language).format(shops) })}
          </p>
        ) : null}
      </FactGroup>
      <FactGroup
        facts={[
          [t('terms.field.shopName'), shop.name],
          [t('terms.field.firstLanguage'), languageName(first)],
          [
            t('terms.field.languages'),
            <ol className="terms-languages-said" key="languages">
              {shop.languages.map((tag) => (
                <li key={tag} lang={tag}>
                  {languageName(tag)}
                </li>
              ))}
            </ol>,
          ],
        ]}
        title={t('terms.group.shop')}
      />
      <FactGroup
        facts={[
          [t('terms.field.ageOfConsent'), formatUnit(settings.ageOfConsent, 'year', language)],
          [t('terms.field.idleSeconds'), formatUnit(settings.idleSeconds, 'second', language)],
          [
            t('terms.field.openingHours'),
            openingHours === undefined ? t('terms.hours.none') : t('terms.hours.of', openingHours),
          ],
          [t('terms.field.surroundings'), t(`terms.surroundings.${settings.surroundings ?? 'tablet'}`)],
          [t('terms.field.receiptPaper'), t(`terms.paper.${receiptPaper ?? 'none'}`)],
        ]}
        title={t('terms.group.tablets')}
      />
      <FactGroup
        facts={[
          [t('terms.field.country'), countryName(fixed.country, language)],
          [t('terms.field.laws'), fixed.laws.length === 0 ? none : fixed.laws.map(lawName).join(', ')],
          [t('terms.field.timeZone'), fixed.timeZone],
          [t('terms.field.publicUrl'), fixed.publicUrl],
          [t('terms.field.releaseMin'), t('inspection.value.people', { count: fixed.releaseMin })],
        ]}
        title={t('terms.group.fixed')}
      />
    </>
  );
}

interface FactGroupProps {
  readonly title: string;
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly children?: ReactNode;
}

function FactGroup({ title, facts, children }: FactGroupProps) {
  return (
    <section className="terms-part">
      <h2>{title}</h2>
      {children}
      <dl className="terms-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Parties({
  parties,
  none,
}: {
  readonly parties: readonly Party[] | undefined;
  readonly none: string;
}) {
  if (parties === undefined || parties.length === 0) return none;
  return (
    <ul>
      {parties.map(({ name, address, contact }) => (
        <li key={`${name} ${contact}`}>
          {name}
          <span className="terms-soft">
            {address} · {contact}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What was stored long ago may be any text: only what leads to the web becomes a link. */
function Address({ url }: { readonly url: string }) {
  if (!/^https?:\/\//i.test(url)) return url;
  return (
    <a href={url} rel="noreferrer" target="_blank">
      {url}
    </a>
  );
}

function countryName(country: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}

/** `eu-gdpr:GDPR` is known by what comes after the colon; an address is shown whole. */
function lawName(law: string): string {
  return /^[\w-]+:([\w-]+)$/.exec(law)?.[1] ?? law;
}
