import { formatUnit } from '#values';

const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day', S: 'second' } as const;

/** An ISO 8601 duration of one part, as `P30D` or `PT20S`, in words. What is written otherwise is shown as it is written. */
export function formatDuration(duration: string, language: string): string {
  const [, amount, letter] =
    /^P(?:(?=\d+[YMWD])|T(?=[\d.]+S))(\d{1,10}(?:\.\d{1,9})?)([YMWDS])$/.exec(duration) ?? [];
  if (amount === undefined || letter === undefined) return duration;
  return formatUnit(Number(amount), UNITS[letter as keyof typeof UNITS], language);
}

/** A language's name in another one, as `英语`. A tag that names no language is shown as it stands: receipts are written by others. */
export function languageNameIn(tag: string, language: string): string {
  return nameOf(tag, 'language', language);
}

/** The name of a country, of which `IE` is the code. */
export function countryNameIn(code: string, language: string): string {
  return nameOf(code, 'region', language);
}

function nameOf(code: string, type: 'language' | 'region', language: string): string {
  try {
    return new Intl.DisplayNames([language], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
