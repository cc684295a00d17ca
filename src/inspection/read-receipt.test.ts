import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryBodies } from '#ledger';
import { portableSignatures, type SignatureChecks } from '#values';
import { type ReceiptReader, receiptReader } from './read-receipt.ts';
import { LedgerMaker } from './testing/ledger-maker.ts';
import { playAll } from './testing/play-visits.ts';

const maker = await playAll(await LedgerMaker.begun(9), 30);
const receipts = maker.records.flatMap(({ entry, body }) =>
  entry.kind === 'receipt-issued' ? [(body as EntryBodies['receipt-issued']).receipt] : [],
);
const bytesOf = (jws: string) => new TextEncoder().encode(jws);

async function reader(signatures: SignatureChecks = portableSignatures): Promise<ReceiptReader> {
  const read = await receiptReader(maker.keys.publicKey, signatures);
  if (read === null) throw new Error('A key that is none.');
  return read;
}

/** Read by one that has read nothing before. */
const inFull = async (jws: string) => (await reader())(bytesOf(jws));

describe('reading many receipts', () => {
  it('says of each what reading it alone says', async () => {
    const read = await reader();
    for (const jws of receipts) {
      const outcome = await read(bytesOf(jws));
      expect(outcome).toEqual(await inFull(jws));
      expect(outcome).toMatchObject({ ok: true });
    }
  });

  it('says the same of one that somebody changed, wherever', async () => {
    const read = await reader();
    for (const jws of receipts) await read(bytesOf(jws));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...receipts),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.constantFrom('A', 'B', '_', '.', ' ', '=', '+', 'é', ''),
        async (jws, where, char) => {
          const at = Math.floor(where * jws.length);
          const changed = jws.slice(0, at) + char + jws.slice(at + 1);
          expect(await read(bytesOf(changed))).toEqual(await inFull(changed));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says what a receipt says and nothing else, were its signature right', async () => {
    const read = await reader(async () => async () => true);
    for (const jws of receipts) await read(bytesOf(jws));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...receipts),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.constantFrom('A', 'B', 'w', '0', '_'),
        async (jws, where, char) => {
          const at = Math.floor(where * jws.lastIndexOf('.'));
          const changed = jws.slice(0, at) + char + jws.slice(at + 1);
          const outcome = await read(bytesOf(changed));
          // The one that is new to each text reads it in full.
          const fresh = await reader(async () => async () => true);
          expect(outcome).toEqual(await fresh(bytesOf(changed)));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('knows a receipt of another key from one whose signature is wrong', async () => {
    const read = await reader();
    const [jws = ''] = receipts;
    await read(bytesOf(jws));
    const other = await playAll(await LedgerMaker.begun(10), 1);
    const theirs = other.records.find(({ entry }) => entry.kind === 'receipt-issued')?.body;
    const theirJws = (theirs as EntryBodies['receipt-issued']).receipt;
    expect(await read(bytesOf(theirJws))).toEqual({ ok: false, reason: 'receipt-other-key' });
    const [header, payload] = jws.split('.');
    const signature = theirJws.split('.')[2];
    expect(await read(bytesOf(`${header}.${payload}.${signature}`))).toEqual({
      ok: false,
      reason: 'receipt-signature-wrong',
    });
  });
});
