/** Longer than any name that a person reads, and shorter than a line and a half of a terminal. */
export const MOST_SHOWN = 100;

/**
 * Controls, what breaks lines, halves of signs, what turns the direction, what shows as nothing, and a space after a space. The two joiners that
 * Persian, Hindi and emoji are written with stay.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u{ad}\u{200b}\u{2060}-\u{206f}\u{115f}\u{1160}\u{180e}\u{2800}\u{3164}\u{ffa0}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}\\]|(?<=\p{Zs})\p{Zs}/gu;

/**
 * A text of a file as a person may see it. Whoever wrote it may be an attacker, who writes a report of their own after a line break, hides ours, or turns it
 * around. So what is obeyed and not seen is written out, and what is long is cut.
 */
export function legible(text: string): string {
  const signs = [...spelledOut(text)];
  return signs.length > MOST_SHOWN ? `${signs.slice(0, MOST_SHOWN).join('')}…` : signs.join('');
}

/** The same of a text that a person needs whole, as the path of their own file. */
export function spelledOut(text: string): string {
  return text.replaceAll(UNSEEN, (sign) =>
    sign === '\\' ? '\\\\' : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** As much of a text as `legible` looks at, whose signs are of two units at most: a file may hold many texts, and long ones. */
export function partToShow(text: string): string {
  return text.slice(0, 2 * (MOST_SHOWN + 1));
}
