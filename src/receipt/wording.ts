/** The phone's own kind of a language, as `en-IE` for `en`: dates are then written as its owner writes them. */
export function regional(language: string, wanted: readonly string[] = navigator.languages): string {
  const keyOf = (tag: string): string => {
    const { language: name, script } = new Intl.Locale(tag).maximize();
    return `${name}-${script}`;
  };
  return wanted.find((tag) => keyOf(tag) === keyOf(language)) ?? language;
}
