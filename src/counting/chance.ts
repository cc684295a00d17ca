import type { RandomBytes } from '#values';

const BYTES = 4;
const BYTE_VALUES = 256;

/** A number from 0 to 1, without 1, that nobody can guess. */
export function fraction(random: RandomBytes): number {
  return random(BYTES).reduceRight((sum, byte) => (sum + byte) / BYTE_VALUES, 0);
}

/** `count` of the items, each with the same chance: the first steps of a Fisher-Yates shuffle. */
export function chooseSome<Item>(items: readonly Item[], count: number, random: RandomBytes): Item[] {
  const left = [...items];
  const chosen: Item[] = [];
  while (chosen.length < count && left.length > 0) {
    const at = Math.floor(fraction(random) * left.length);
    const last = left.pop() as Item;
    chosen.push(at === left.length ? last : (left[at] as Item));
    if (at < left.length) left[at] = last;
  }
  return chosen;
}
