/** The first wanted language that is offered, by whole tag, then by language and script, else the first offered. */
export function nearestLanguage(wanted: readonly string[], offered: readonly string[]): string {
  // Once for each and not for each pair: to maximize a tag is slow, and browsers may want many.
  const offeredKeys = offered.map(keyOf);
  for (const tag of wanted) {
    const key = keyOf(tag);
    const match = offered.find((language, index) => language === tag || offeredKeys[index] === key);
    if (match !== undefined) return match;
  }
  return offered[0] ?? 'en';
}

function keyOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}
