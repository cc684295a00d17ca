import { createHash } from 'node:crypto';

/** Numbers that are the same for the same words: what the workload is decided by. Ids, keys and salts never come from here. */
export interface Seeded {
  /** From 0 up to, but not including, 1. */
  readonly number: () => number;
  /** A whole number from `low` to `high`, both among them. */
  readonly whole: (low: number, high: number) => number;
  readonly chance: (share: number) => boolean;
  /** One of the items, each as likely as its weight. */
  readonly pick: <Item>(items: readonly { readonly item: Item; readonly weight: number }[]) => Item;
}

const UINT32 = 2 ** 32;

/** Chris Doty-Humphrey's sfc32, begun by a hash of the words, so that no two streams overlap. */
export function seededBy(...words: readonly (string | number)[]): Seeded {
  const begun = createHash('sha256').update(words.join('/')).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => begun.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  function number(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / UINT32;
  }
  return {
    number,
    whole: (low, high) => low + Math.floor(number() * (high - low + 1)),
    chance: (share) => number() < share,
    pick: (items) => {
      let left = number() * items.reduce((sum, { weight }) => sum + weight, 0);
      for (const { item, weight } of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (last === undefined) throw new RangeError('Nothing to pick from.');
      return last.item;
    },
  };
}
