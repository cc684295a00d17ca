import type { Sha256 } from '#values';

/** SHA-256, as the place offers it quickest: `values` has one for everywhere, the command line gives the one of its runtime. */
export interface Hashing {
  /** Of the UTF-8 bytes of a text. */
  readonly sha256: (text: string) => Sha256;
  /** Of bytes that come piece by piece. */
  readonly sha256Stream: () => {
    readonly update: (bytes: Uint8Array) => void;
    readonly digest: () => Sha256;
  };
}
