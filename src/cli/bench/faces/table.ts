/** A table in Markdown with columns as wide as their widest word: to be read as it is, and to be put in docs/accuracy.md. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((word, column) =>
    Math.max(3, word.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (words: readonly string[]) =>
    `| ${widths.map((width, column) => (words[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A share as whole percent; a dash of nothing. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`;
}
