import { useTranslation } from '#i18n';
import type { Inspection } from '#protocol';
import { linksOf } from './links.ts';
import { useFigures } from './use-figures.ts';
import { QUESTIONS, type Question, verdictOf } from './verdicts.ts';

/** Each question of a regulator with a yes or a no, how we know, the figures and where to read on. */
export function Answers({ inspection }: { readonly inspection: Inspection }) {
  const { t } = useTranslation('staff');
  const figuresOf = useFigures(inspection);
  return (
    <section className="answers">
      <h2 className="section-heading">{t('inspection.questions')}</h2>
      <ol>
        {QUESTIONS.map((question) => {
          const verdict = verdictOf(question, inspection);
          return (
            <li data-question={question} data-verdict={verdict} key={question}>
              <div className="answer-heading">
                <h3>{t(`inspection.question.${question}.ask`)}</h3>
                <p className="answer-verdict">{t(`inspection.verdict.${verdict}`)}</p>
              </div>
              <p>{t(`inspection.question.${question}.how`, { controller: inspection.controller.name })}</p>
              <dl>
                {figuresOf(question).map(({ label, value }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <Links inspection={inspection} question={question} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Links({ question, inspection }: { readonly question: Question; readonly inspection: Inspection }) {
  const { t } = useTranslation('staff');
  const links = linksOf(question, inspection);
  if (links.length === 0) return null;
  return (
    <p className="answer-links">
      {links.map(({ word, href }) => (
        <a href={href} key={href} rel="noreferrer" target="_blank">
          {t(`inspection.link.${word}`)}
        </a>
      ))}
    </p>
  );
}
