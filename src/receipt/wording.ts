import { formatUnit } from '#values';

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** An ISO 8601 duration of one part, as `P30D`, in words. What is written otherwise is shown as it is written. */
export function formatDuration(duration: string, language: string): string {
  const [, amount, letter] = /^P(\d{1,4})([YMWD])$/.exec(duration) ?? [];
  if (amount === undefined || letter === undefined) return duration;
  return formatUnit(Number(amount), UNITS[letter as keyof typeof UNITS], language);
}

/** The phone's own kind of a language, as `en-IE` for `en`: dates are then written as its owner writes them. */
export function regional(language: string, wanted: readonly string[] = navigator.languages): string {
  const keyOf = (tag: string): string => {
    const { language: name, script } = new Intl.Locale(tag).maximize();
    return `${name}-${script}`;
  };
  return wanted.find((tag) => keyOf(tag) === keyOf(language)) ?? language;
}

/** A language's name in another one, as `英语`. A tag that names no language is shown as it stands: receipts are written by others. */
export function languageNameIn(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
