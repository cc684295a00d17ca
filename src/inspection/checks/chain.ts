import { GENESIS_HASH } from '#ledger';
import type { Check } from '../item.ts';
import { MAX_ENTRIES_OF_KIOSK } from '../limits.ts';

/** Entries follow one another without gap, edit or change of order, and each body is the one that its entry was made for. */
export const checkChain: Check = (kiosk, { entry, entryHash, bodyHash }) => {
  const { head } = kiosk;
  if (entry.seq !== (head === null ? 0 : head.seq + 1)) return 'sequence-broken';
  if (entry.seq >= MAX_ENTRIES_OF_KIOSK) return 'too-many-entries';
  if (entry.previous !== (head === null ? GENESIS_HASH : head.hash)) return 'previous-hash-wrong';
  if (bodyHash !== null && bodyHash !== entry.bodyHash) return 'body-hash-wrong';
  kiosk.head = { seq: entry.seq, hash: entryHash };
  kiosk.hashes.push(entryHash);
  kiosk.figures.entries += 1;
  return null;
};
