/** Thrown where a value is not of the form that was expected, and caught by `readForm` alone. */
class OtherForm extends Error {}

/** A value that somebody else wrote, read by a function that takes it apart; null where it is of another form. */
export function readForm<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof OtherForm) return null;
    throw error;
  }
}

export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new OtherForm();
  return value as Readonly<Record<string, unknown>>;
}

export function listIn(value: unknown, min: number, max: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length < min || value.length > max) throw new OtherForm();
  return value;
}

/** A text that keeps a rule, from then on with a type of its own. */
export function textIn<Text extends string = string>(
  value: unknown,
  isRight: (text: string) => boolean,
): Text {
  if (typeof value !== 'string' || !isRight(value)) throw new OtherForm();
  return value as Text;
}

export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new OtherForm();
  return found;
}
