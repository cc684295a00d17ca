/** The first wanted language that is offered, by whole tag, then by language and script, else the first offered. */
export function nearestLanguage(wanted: readonly string[], offered: readonly string[]): string {
  const keyOf = (tag: string): string => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  };
  for (const tag of wanted) {
    const match = offered.find((language) => language === tag || keyOf(language) === keyOf(tag));
    if (match !== undefined) return match;
  }
  return offered[0] ?? 'en';
}
