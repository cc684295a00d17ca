import type { RefusalReason } from '#protocol';

/** Thrown inside a transaction so that all of a refused batch is undone; caught where the batch began. */
export class Refused extends Error {
  readonly reason: RefusalReason;
  readonly seq: number | null;

  constructor(reason: RefusalReason, seq: number | null) {
    super(reason);
    this.reason = reason;
    this.seq = seq;
  }
}
