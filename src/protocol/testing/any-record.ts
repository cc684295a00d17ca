import fc from 'fast-check';
import { AGE_BANDS, cellOf, GENDERS } from '#counting';
import {
  ENTRY_KINDS,
  type EntryBodies,
  type EntryKind,
  type LedgerRecord,
  LOOK_ENDINGS,
  sealEntry,
  WITHDRAWAL_PLACES,
} from '#ledger';
import { bytesToBase64Url, type Instant, type Sha256, toIso } from '#values';
import { MAX_OPEN_MS, MAX_TALLY } from '../limits.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const id = <Id extends string>() => bytes(16).map((value) => bytesToBase64Url(value) as Id);
const coordinate = bytes(32).map(bytesToBase64Url);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => text as Sha256);
const slug = <Id extends string>() =>
  fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}$/).map((text) => text as Id);
const whole = fc.nat();
const openMs = fc.nat(MAX_OPEN_MS);
const tally = fc.nat(MAX_TALLY);
const text = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((value) => value.isWellFormed() && !value.includes('\0'));
const time = fc.integer({ min: 0, max: 4e12 }).map((value) => value as Instant);
const hour = time.map((at) => toIso(at).slice(0, 'YYYY-MM-DDThh'.length));
const people = fc.uniqueArray(id<EntryBodies['look-opened']['receiptIds'][number]>(), {
  minLength: 1,
  maxLength: 8,
});
const cell = fc
  .tuple(fc.constantFrom(...AGE_BANDS), fc.constantFrom(...GENDERS))
  .map(([band, gender]) => cellOf(band, gender));

/** Any body that a tablet can write, for each kind of entry. */
const bodies: { readonly [Kind in EntryKind]: fc.Arbitrary<EntryBodies[Kind]> } = {
  'kiosk-paired': fc.record({
    kioskId: id(),
    shopId: slug(),
    controllerId: slug(),
    publicKey: fc.record({ kty: fc.constant('EC'), crv: fc.constant('P-256'), x: coordinate, y: coordinate }),
  }),
  'notice-in-force': fc.record({
    noticeHash: hash,
    language: fc.constantFrom('en', 'zh-Hans', 'pt-BR', 'ar'),
    version: text,
  }),
  'receipt-issued': fc.record({
    receiptId: id(),
    purposes: fc.constantFrom(['count'] as const, ['count', 'demographics'] as const),
    receipt: fc.stringMatching(/^[\w-]{1,40}\.[\w-]{1,99}\.[\w-]{1,86}$/),
    secretHash: hash,
  }),
  'look-opened': fc.record({ lookId: id(), receiptIds: people }),
  'look-closed': fc.record({
    lookId: id(),
    receiptIds: people,
    ending: fc.constantFrom(...LOOK_ENDINGS),
    openMs: fc.option(openMs),
    framesSeen: whole,
    framesRefused: whole,
  }),
  'contribution-recorded': fc.record({ lookId: id(), receiptId: id(), headcount: fc.constant(1 as const) }),
  'contribution-withdrawn': fc.record({ receiptId: id(), place: fc.constantFrom(...WITHDRAWAL_PLACES) }),
  release: fc.record({ people: whole, change: fc.dictionary(cell, whole) }),
  'tally-closed': fc.record({ hour, declined: tally, left: tally }),
  'clock-changed': fc.record({ offsetMs: fc.integer(), uncertaintyMs: whole }),
  'retention-run': fc.record({ cutoff: time.map(toIso), linksCut: whole }),
};

/** Any record of a kind that a tablet can write. */
export const recordOf = (kind: EntryKind): fc.Arbitrary<LedgerRecord> =>
  fc
    .tuple(
      bodies[kind] as fc.Arbitrary<EntryBodies[EntryKind]>,
      time,
      bytes(16),
      fc.option(fc.tuple(whole, hash)),
    )
    .map(([body, at, salt, before]) => {
      const head = before === null ? null : { seq: before[0], hash: before[1] };
      return sealEntry(head, kind, body, at, () => salt).record;
    });
export const anyRecord = fc.constantFrom(...ENTRY_KINDS).chain(recordOf);
