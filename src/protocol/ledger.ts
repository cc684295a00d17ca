import { z } from 'zod';
import { AGE_BANDS, cellOf, GENDERS } from '#counting';
import { type Checkpoint, ENTRY_KINDS, type LedgerRecord, LOOK_ENDINGS, WITHDRAWAL_PLACES } from '#ledger';
import { canonicalJson, type Json } from '#values';
import {
  controllerIdField,
  hourField,
  isoTimeField,
  jwsField,
  kioskIdField,
  languageField,
  lookIdField,
  purposeField,
  receiptIdField,
  secretField,
  sha256Field,
  shopIdField,
  tallyField,
  textField,
  wholeField,
} from './fields.ts';
import { publicKeySchema } from './kiosk.ts';
import {
  MAX_BATCH_RECORDS,
  MAX_CHECKPOINT_CHARS,
  MAX_CLOCK_OFFSET_MS,
  MAX_OPEN_MS,
  MAX_PEOPLE_IN_LOOK,
  MAX_RECEIPT_CHARS,
} from './limits.ts';

/** One receipt is one person: none stands for two. */
const receiptIdsField = z
  .array(receiptIdField)
  .min(1)
  .max(MAX_PEOPLE_IN_LOOK)
  .refine((ids) => new Set(ids).size === ids.length);
/** That `demographics` never stands alone is checked with the receipt, so that its refusal is noted for the officer. */
const purposesField = z
  .array(purposeField)
  .min(1)
  .refine((purposes) => purposes.length === 1 || purposes.join() === 'count,demographics');
/** A closed set of cells and not a record with any key, which would let `__proto__` pass unseen. */
const changeField = z.strictObject(
  Object.fromEntries(
    AGE_BANDS.flatMap((band) =>
      GENDERS.map((gender) => [cellOf(band, gender), wholeField.exactOptional()] as const),
    ),
  ),
);

const bodySchemas = {
  'kiosk-paired': z.strictObject({
    salt: secretField,
    kioskId: kioskIdField,
    shopId: shopIdField,
    controllerId: controllerIdField,
    publicKey: publicKeySchema,
  }),
  'notice-in-force': z.strictObject({
    salt: secretField,
    noticeHash: sha256Field,
    language: languageField,
    version: textField,
  }),
  'receipt-issued': z.strictObject({
    salt: secretField,
    receiptId: receiptIdField,
    purposes: purposesField,
    receipt: jwsField.max(MAX_RECEIPT_CHARS),
    secretHash: sha256Field,
  }),
  'look-opened': z.strictObject({ salt: secretField, lookId: lookIdField, receiptIds: receiptIdsField }),
  'look-closed': z.strictObject({
    salt: secretField,
    lookId: lookIdField,
    receiptIds: receiptIdsField,
    ending: z.enum(LOOK_ENDINGS),
    openMs: wholeField.max(MAX_OPEN_MS).nullable(),
    framesSeen: wholeField,
    framesRefused: wholeField,
  }),
  'contribution-recorded': z.strictObject({
    salt: secretField,
    lookId: lookIdField,
    receiptId: receiptIdField,
    headcount: z.literal(1),
  }),
  'contribution-withdrawn': z.strictObject({
    salt: secretField,
    receiptId: receiptIdField,
    place: z.enum(WITHDRAWAL_PLACES),
  }),
  release: z.strictObject({
    salt: secretField,
    people: wholeField,
    change: changeField,
  }),
  'tally-closed': z.strictObject({
    salt: secretField,
    hour: hourField,
    declined: tallyField,
    left: tallyField,
  }),
  'clock-changed': z.strictObject({
    salt: secretField,
    offsetMs: z.number().int().min(-MAX_CLOCK_OFFSET_MS).max(MAX_CLOCK_OFFSET_MS),
    uncertaintyMs: wholeField,
  }),
  'retention-run': z.strictObject({ salt: secretField, cutoff: isoTimeField, linksCut: wholeField }),
} as const;

function recordOfKind<Kind extends keyof typeof bodySchemas>(kind: Kind) {
  return z.strictObject({
    entry: z.strictObject({
      seq: wholeField,
      previous: sha256Field,
      time: isoTimeField,
      kind: z.literal(kind),
      bodyHash: sha256Field,
    }),
    body: bodySchemas[kind].nullable(),
  });
}

/** One record of a ledger, by its entry's kind. */
export const recordSchemas = {
  'kiosk-paired': recordOfKind('kiosk-paired'),
  'notice-in-force': recordOfKind('notice-in-force'),
  'receipt-issued': recordOfKind('receipt-issued'),
  'look-opened': recordOfKind('look-opened'),
  'look-closed': recordOfKind('look-closed'),
  'contribution-recorded': recordOfKind('contribution-recorded'),
  'contribution-withdrawn': recordOfKind('contribution-withdrawn'),
  release: recordOfKind('release'),
  'tally-closed': recordOfKind('tally-closed'),
  'clock-changed': recordOfKind('clock-changed'),
  'retention-run': recordOfKind('retention-run'),
} as const;

/** One record of a ledger as it crosses the wire. */
export const ledgerRecordSchema = z.union([
  recordSchemas['kiosk-paired'],
  recordSchemas['notice-in-force'],
  recordSchemas['receipt-issued'],
  recordSchemas['look-opened'],
  recordSchemas['look-closed'],
  recordSchemas['contribution-recorded'],
  recordSchemas['contribution-withdrawn'],
  recordSchemas.release,
  recordSchemas['tally-closed'],
  recordSchemas['clock-changed'],
  recordSchemas['retention-run'],
]) as unknown as z.ZodType<LedgerRecord>;

const checkpointSchema = z.strictObject({
  kioskId: kioskIdField,
  seq: wholeField,
  hash: sha256Field,
  time: isoTimeField,
});

/** What a signed checkpoint says, or null where it is not one of this form. */
export function readCheckpoint(payload: unknown): Checkpoint | null {
  const parsed = checkpointSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

const headSchema = z.strictObject({ seq: wholeField, hash: sha256Field });

export const headResponseSchema = z.strictObject({ head: headSchema.nullable() });

/** Whether the wire takes this record. One that it never takes would keep all that come after it from being sent. */
export function isSendable(record: LedgerRecord): boolean {
  return recordSchemas[record.entry.kind].safeParse(record).success;
}

export const entriesRequestSchema = z.strictObject({
  records: z.array(ledgerRecordSchema).min(1).max(MAX_BATCH_RECORDS),
  /** The last of the records as a head that the kiosk signed, so that nothing of what it sent can be changed or cut off later. */
  checkpoint: jwsField.max(MAX_CHECKPOINT_CHARS),
});
export type EntriesRequest = z.infer<typeof entriesRequestSchema>;

const envelopeSchema = z.strictObject({
  records: z.array(z.unknown()).min(1).max(MAX_BATCH_RECORDS),
  checkpoint: entriesRequestSchema.shape.checkpoint,
});

/** What `entriesRequestSchema` accepts, or null; each record is tried as what its kind says alone, and not as each of eleven kinds. */
export function readEntriesRequest(value: unknown): EntriesRequest | null {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return null;
  const records: LedgerRecord[] = [];
  for (const record of envelope.data.records) {
    if (schemaOf(record)?.safeParse(record).success !== true) return null;
    // As it was sent, with its keys in their order, and not the copy that the schema makes: what is hashed and kept is what the kiosk wrote.
    records.push(record as LedgerRecord);
  }
  return { records, checkpoint: envelope.data.checkpoint };
}

const kindSchema = z.object({ entry: z.object({ kind: z.enum(ENTRY_KINDS) }) });

function schemaOf(record: unknown) {
  const parsed = kindSchema.safeParse(record);
  return parsed.success ? recordSchemas[parsed.data.entry.kind] : null;
}

const utf8 = new TextEncoder();

/** Size of a record in a request, in bytes: what a batch is cut by. */
export function recordBytes(record: LedgerRecord): number {
  return utf8.encode(canonicalJson(record as unknown as Json)).length;
}
