import { lazy, Suspense } from 'react';
import type { HourCounts } from '#counting';
import { formatHour, formatNumber } from '#i18n';
import { PictureGuard } from './picture-guard.tsx';
import { SERIES } from './series.ts';
import type { TodayTexts } from './today-panel.tsx';

const HoursPicture = lazy(() =>
  import('./hours-picture.tsx').then((picture) => ({ default: picture.HoursPicture })),
);

/** Hours that are always shown, so that a quiet morning looks like one. */
const USUAL_OPENING = { first: 9, last: 18 } as const;

interface HoursChartProps {
  readonly hours: readonly HourCounts[];
  readonly language: string;
  readonly texts: TodayTexts;
}

/** Stacked bars by hour, and the same numbers as a table for who cannot see or does not want the picture. */
export function HoursChart({ hours, language, texts }: HoursChartProps) {
  const shown = hoursToShow(hours).map((hour) => ({ ...hour, label: formatHour(hour.hour, language) }));
  return (
    <figure className="hours-chart">
      <div aria-hidden="true">
        <div className="hours-picture">
          <PictureGuard>
            <Suspense fallback={null}>
              <HoursPicture hours={shown} />
            </Suspense>
          </PictureGuard>
        </div>
        <ul className="hours-legend">
          {SERIES.map(({ key }) => (
            <li data-kind={key} key={key}>
              {texts[key]}
            </li>
          ))}
        </ul>
      </div>
      <details>
        <summary>{texts.table}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.hour}</th>
              {SERIES.map(({ key }) => (
                <th key={key} scope="col">
                  {texts[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((hour) => (
              <tr key={hour.hour}>
                <th scope="row">{hour.label}</th>
                {SERIES.map(({ key }) => (
                  <td key={key}>{formatNumber(hour[key], language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The usual opening hours, and more where something happened outside them. */
function hoursToShow(hours: readonly HourCounts[]): readonly HourCounts[] {
  const busy = hours.flatMap((hour, index) => (hour.counted + hour.declined + hour.left > 0 ? [index] : []));
  const first = Math.min(USUAL_OPENING.first, ...busy);
  const last = Math.max(USUAL_OPENING.last, ...busy);
  return hours.slice(first, last + 1);
}
