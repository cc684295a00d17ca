import { type EntryBodies, type EntryKind, type Head, type LedgerRecord, sealEntry } from '#ledger';
import { MAX_BATCH_BYTES, MAX_BATCH_RECORDS } from '#protocol';
import { canonicalJson, type Instant, type Json, type RandomBytes } from '#values';
import { nodeSha256 } from '../node-hashing.ts';

/** What stands around the records of a request. */
const ENVELOPE_BYTES = 14;
const SEPARATOR_BYTES = 1;

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
    const { record, head } = sealEntry(this.head, kind, body, time, this.#random, nodeSha256);
    this.head = head;
    this.unsent.push({ head, text: canonicalJson(record as unknown as Json) });
    await this.#keep(record);
  }
}

/** As many from `first` on as fit one request, and always at least one. */
export function fitBatch(unsent: readonly Unsent[], first: number): readonly Unsent[] {
  let bytes = ENVELOPE_BYTES;
  let end = first;
  while (end < unsent.length && end - first < MAX_BATCH_RECORDS) {
    bytes += Buffer.byteLength(unsent[end]?.text ?? '') + SEPARATOR_BYTES;
    if (bytes > MAX_BATCH_BYTES && end > first) break;
    end += 1;
  }
  return unsent.slice(first, end);
}

/** The request that sends a batch with the checkpoint over it. */
export function textOfBatch(batch: readonly Unsent[], checkpoint: string): string {
  const records = batch.map(({ text }) => text).join(',');
  return `{"records":[${records}],"checkpoint":${JSON.stringify(checkpoint)}}`;
}
