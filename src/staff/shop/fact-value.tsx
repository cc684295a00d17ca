import { languageName, useTranslation } from '#i18n';
import { formatUnit } from '#values';
import { type FactName, type SaidTerms, saidFacts } from './said-facts.ts';

interface FactValueProps {
  readonly name: FactName;
  readonly terms: SaidTerms;
}

/** One fact of terms in words. */
export function FactValue({ name, terms }: FactValueProps) {
  const { t, i18n } = useTranslation('staff');
  const { language } = i18n;
  const said = saidFacts(terms);
  switch (name) {
    case 'regulatorUrl':
    case 'impactAssessmentUrl':
      return said[name] === null ? t('terms.none') : <Address url={said[name]} />;
    case 'linkDays':
      return formatUnit(said.linkDays, 'day', language);
    case 'receiptYears':
    case 'ageOfConsent':
      return formatUnit(said[name], 'year', language);
    case 'idleSeconds':
      return formatUnit(said.idleSeconds, 'second', language);
    case 'jointWith':
    case 'processors':
      return said[name].length === 0 ? t('terms.none') : <Parties parties={said[name]} />;
    case 'firstLanguage':
      return languageName(said.firstLanguage);
    case 'languages':
      return <Languages languages={said.languages} />;
    case 'openingHours':
      return said.openingHours === null ? t('terms.hours.none') : t('terms.hours.of', said.openingHours);
    case 'surroundings':
      return t(`terms.surroundings.${said.surroundings}`);
    case 'receiptPaper':
      return t(`terms.paper.${said.receiptPaper}`);
    default:
      return said[name];
  }
}

function Languages({ languages }: { readonly languages: readonly string[] }) {
  return (
    <ol className="terms-languages-said">
      {languages.map((language) => (
        <li key={language} lang={language}>
          {languageName(language)}
        </li>
      ))}
    </ol>
  );
}

function Parties({ parties }: { readonly parties: ReturnType<typeof saidFacts>['jointWith'] }) {
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
