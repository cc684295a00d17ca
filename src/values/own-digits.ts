/** Languages whose readers learn digits of their own that Intl's defaults leave out: CLDR gives Arabic as a whole the western ones, for the sake of the Maghreb. */
const OWN_DIGITS: ReadonlyMap<string, string> = new Map([['ar', 'arab']]);

/** A language as Intl takes it, so that numbers and dates come in the digits that its texts are written in. A region's own way, as in `ar-MA`, stays. */
export function withOwnDigits(language: string): string {
  const digits = OWN_DIGITS.get(language);
  return digits === undefined ? language : `${language}-u-nu-${digits}`;
}

/** A number with its unit, as `30 days`, in the words of a language. */
export function formatUnit(
  value: number,
  unit: 'second' | 'day' | 'week' | 'month' | 'year',
  language: string,
): string {
  return new Intl.NumberFormat(withOwnDigits(language), { style: 'unit', unit, unitDisplay: 'long' }).format(
    value,
  );
}
