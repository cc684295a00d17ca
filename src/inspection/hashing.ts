import type { Sha256 } from '#values';
import type { LedgerReader } from './read-ledger-lines.ts';

/** SHA-256, as the place offers it quickest: `values` has one for everywhere, the command line gives the one of its runtime. */
export interface Hashing {
  readonly sha256OfBytes: (bytes: Uint8Array) => Sha256;
  /** Of bytes that come piece by piece. */
  readonly sha256Stream: () => {
    readonly update: (bytes: Uint8Array) => void;
    readonly digest: () => Sha256;
  };
}

/** All that checking asks of the place where it runs. */
export interface Checking extends Hashing {
  /** Reads the lines of ledgers, on this thread or on others. */
  readonly readLedger: LedgerReader;
}
