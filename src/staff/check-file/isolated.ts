import { legible } from '#inspection';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** A text that the file brings with it, in its own direction, so that it turns nothing around it and says nothing of its own beside it. */
export function isolated(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${legible(text)}${POP_DIRECTIONAL_ISOLATE}`;
}
