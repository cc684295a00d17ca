import type { ReactNode } from 'react';

interface Cell {
  readonly content: ReactNode;
  /** Red: this cell is wrong. */
  readonly isWrong?: boolean;
}

interface ReportTableProps {
  readonly title: string;
  /** The first one heads the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly Cell[] }[];
  /** Said instead of an empty table. */
  readonly none?: string;
  readonly children?: ReactNode;
}

/** A table that on a phone becomes one block a row, each value with its column's name. */
export function ReportTable({ title, columns, rows, none, children }: ReportTableProps) {
  return (
    <section className="report-table">
      <h2 className="section-heading">{title}</h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...others] }) => (
              <tr key={key}>
                <th scope="row">{first?.content}</th>
                {others.map(({ content, isWrong = false }, index) => (
                  <td data-label={columns[index + 1]} data-wrong={isWrong} key={columns[index + 1]}>
                    {content}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {children}
    </section>
  );
}
