import { AGE_BANDS, cellOf, GENDERS } from '#counting';
import { formatNumber } from '#i18n';
import './today.css';

export interface CellsTexts {
  readonly caption: string;
  readonly band: Readonly<Record<(typeof AGE_BANDS)[number], string>>;
  readonly gender: Readonly<Record<(typeof GENDERS)[number], string>>;
}

interface CellsChartProps {
  readonly cells: Readonly<Record<string, number>>;
  readonly language: string;
  readonly texts: CellsTexts;
}

/** Age bands by gender as a table whose squares are the darker the more people they hold. */
export function CellsChart({ cells, language, texts }: CellsChartProps) {
  const most = Math.max(1, ...Object.values(cells));
  return (
    <table className="cells-chart">
      <caption>{texts.caption}</caption>
      <thead>
        <tr>
          <td />
          {GENDERS.map((gender) => (
            <th key={gender} scope="col">
              {texts.gender[gender]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {AGE_BANDS.map((band) => (
          <tr key={band}>
            <th scope="row">{texts.band[band]}</th>
            {GENDERS.map((gender) => {
              const people = cells[cellOf(band, gender)] ?? 0;
              return (
                <td key={gender} style={{ '--share': people / most } as React.CSSProperties}>
                  {formatNumber(people, language)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
