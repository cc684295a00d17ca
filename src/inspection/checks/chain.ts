import { GENESIS_HASH } from '#ledger';
import type { Check } from '../item.ts';
import { MAX_ENTRIES_OF_KIOSK } from '../limits.ts';

/** Entries follow one another without gap, edit or change of order, and each body is the one that its entry was made for. */
export const checkChain: Check = (kiosk, { seq, previous, hash, isBodyOfEntry }) => {
  const { head } = kiosk;
  if (seq !== (head === null ? 0 : head.seq + 1)) return 'sequence-broken';
  if (seq >= MAX_ENTRIES_OF_KIOSK) return 'too-many-entries';
  if (previous !== (head === null ? GENESIS_HASH : head.hash)) return 'previous-hash-wrong';
  if (!isBodyOfEntry) return 'body-hash-wrong';
  kiosk.head = { seq, hash };
  kiosk.hashes.push(hash);
  kiosk.figures.entries += 1;
  return null;
};
