import { portableSignatures, sha256OfBytes, sha256Stream } from '#values';
import type { Checking, Hashing } from './hashing.ts';
import { ledgerReader } from './read-ledger-lines.ts';

const hashing: Hashing = { sha256OfBytes, sha256Stream };

/** Checking with what runs everywhere, on one thread. */
export const portableChecking: Checking = {
  ...hashing,
  readLedger: ledgerReader(hashing, portableSignatures),
};
