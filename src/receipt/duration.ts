const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** An ISO 8601 duration of one part, as `P30D`, in words. What is written otherwise is shown as it is written. */
export function formatDuration(duration: string, language: string): string {
  const [, amount, letter] = /^P(\d{1,4})([YMWD])$/.exec(duration) ?? [];
  if (amount === undefined || letter === undefined) return duration;
  const unit = UNITS[letter as keyof typeof UNITS];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(amount));
}
