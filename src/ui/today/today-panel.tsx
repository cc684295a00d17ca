import type { HourCounts } from '#counting';
import { formatNumber } from '#i18n';
import { HoursChart } from './hours-chart.tsx';
import './today.css';

export interface TodayTexts {
  readonly counted: string;
  readonly declined: string;
  readonly left: string;
  readonly byHour: string;
  readonly hour: string;
  readonly nothingYet: string;
  /** Opens the same numbers as a table. */
  readonly table: string;
}

interface TodayPanelProps {
  readonly hours: readonly HourCounts[];
  readonly language: string;
  readonly texts: TodayTexts;
}

const KINDS = ['counted', 'declined', 'left'] as const;

/** Three figures and the day by hour. */
export function TodayPanel({ hours, language, texts }: TodayPanelProps) {
  const totals = {
    counted: sum(hours.map((hour) => hour.counted)),
    declined: sum(hours.map((hour) => hour.declined)),
    left: sum(hours.map((hour) => hour.left)),
  };
  const isEmpty = KINDS.every((kind) => totals[kind] === 0);
  return (
    <section className="today">
      <dl aria-live="polite" className="today-figures">
        {KINDS.map((kind) => (
          <div data-kind={kind} key={kind}>
            <dt>{texts[kind]}</dt>
            <dd data-testid={`total-${kind}`}>{formatNumber(totals[kind], language)}</dd>
          </div>
        ))}
      </dl>
      <h2 className="today-heading">{texts.byHour}</h2>
      {isEmpty ? <p className="today-empty">{texts.nothingYet}</p> : null}
      <HoursChart hours={hours} language={language} texts={texts} />
    </section>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
