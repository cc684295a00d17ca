import { formatDateTime, formatNumber, useTranslation } from '#i18n';
import { type Fact, type Listed, legible } from '#inspection';
import { type IsoTime, instantFromIso } from '#values';
import { isolated } from './isolated.ts';

/** What a report says, in plain words: each fact that the command line prints too. Numbers stand side by side. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const isNumber = ({ kind }: Fact) => kind === 'number' || kind === 'seconds';
  return (
    <>
      <Facts className="check-where" facts={facts.filter((fact) => !isNumber(fact))} />
      <Facts className="check-figures" facts={facts.filter(isNumber)} />
    </>
  );
}

function Facts({ facts, className }: { readonly facts: readonly Fact[]; readonly className: string }) {
  const { t } = useTranslation('staff');
  return (
    <dl className={className}>
      {facts.map((fact) => (
        <div data-figure={fact.name} key={fact.name}>
          <dt>{t(`check.fact.${fact.name}`)}</dt>
          <dd>
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact }: { readonly fact: Fact }) {
  const { t, i18n } = useTranslation('staff');
  switch (fact.kind) {
    case 'number':
      return formatNumber(fact.number, i18n.language);
    case 'seconds':
      return t('inspection.value.seconds', { seconds: String(fact.seconds) });
    case 'time':
      return timeIn(i18n.language, fact.time);
    case 'id':
      return <code dir="ltr">{fact.id}</code>;
    case 'names':
      return (
        <Several
          listed={fact.names}
          show={({ id, name }) => ({
            key: id,
            content: (
              <>
                {isolated(name)} <code dir="ltr">{id}</code>
              </>
            ),
          })}
        />
      );
    case 'notices':
      return (
        <Several
          listed={fact.notices}
          show={({ hash, version, language }) => ({
            key: hash,
            content: (
              <>
                {t('check.notice', { version: isolated(version) })} <code dir="ltr">{language}</code>{' '}
                <code dir="ltr">{hash}</code>
              </>
            ),
          })}
        />
      );
    case 'endings':
      return (
        fact.endings
          .map(
            ({ ending, count }) =>
              `${t(`inspection.ending.${ending}`)} ${formatNumber(count, i18n.language)}`,
          )
          .join(t('inspection.separator')) || t('inspection.value.none')
      );
    case 'checkpoint': {
      const { seq, time } = fact.checkpoint;
      return t('inspection.kiosks.entry', { seq, time: timeIn(i18n.language, time) });
    }
  }
}

interface SeveralProps<Item> {
  readonly listed: Listed<Item>;
  readonly show: (item: Item) => { readonly key: string; readonly content: React.ReactNode };
}

function Several<Item>({ listed: { first, more }, show }: SeveralProps<Item>) {
  const { t } = useTranslation('staff');
  if (first.length === 0) return t('inspection.value.none');
  return (
    <ul>
      {first.map(show).map(({ key, content }) => (
        <li key={key}>{content}</li>
      ))}
      {more === 0 ? null : <li>{t('check.more', { count: more })}</li>}
    </ul>
  );
}

function timeIn(language: string, iso: IsoTime): string {
  const time = instantFromIso(iso);
  return time === null ? legible(iso) : formatDateTime(time, language);
}
