import { type EntryBodies, type EntryKind, type Head, type LedgerRecord, sealEntry } from '#ledger';
import { canonicalJson, type Instant, type Json, type RandomBytes } from '#values';

/** A record that the server has not acknowledged, with its text as it crosses the wire. */
export interface Unsent {
  readonly head: Head;
  readonly text: string;
}

/** The ledger of a tablet: what waits to be sent is kept here, the rest goes where the tablet keeps it. */
export class TabletLedger {
  head: Head | null = null;
  unsent: Unsent[] = [];
  readonly #random: RandomBytes;
  readonly #keep: (record: LedgerRecord) => Promise<void>;

  constructor(random: RandomBytes, keep: (record: LedgerRecord) => Promise<void>) {
    this.#random = random;
    this.#keep = keep;
  }

  async append<Kind extends EntryKind>(kind: Kind, body: EntryBodies[Kind], time: Instant): Promise<void> {
    const { record, head } = sealEntry(this.head, kind, body, time, this.#random);
    this.head = head;
    this.unsent.push({ head, text: canonicalJson(record as unknown as Json) });
    await this.#keep(record);
  }
}
