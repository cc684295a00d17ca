/** The three things that can come of a visit, in the order in which they are stacked. */
export const SERIES = [
  { key: 'counted', colour: 'var(--chart-counted)' },
  { key: 'declined', colour: 'var(--chart-declined)' },
  { key: 'left', colour: 'var(--chart-left)' },
] as const;
