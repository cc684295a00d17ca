import { receiptVerifier } from '#consent';
import { type CheckpointVerifier, checkpointVerifier } from '#ledger';
import { type ReceiptReading, receiptTextReader } from '#protocol';
import type { JsonObject, Outcome } from '#values';
import { nodeSignatures } from '../node-signatures.ts';
import type { KioskRow } from './authenticate.ts';

/** More kiosks than one server ever hears of within a day; then all are read anew. */
const MAX_KEPT = 1_000;

/** Checks a receipt's signature and reads it. */
type ReceiptReader = (
  jws: string,
) => Promise<Outcome<{ readonly reading: ReceiptReading }, 'receipt-signature-wrong' | 'receipt-mismatch'>>;

/** What checks all that a kiosk's key signs. Null where the key is none. */
interface KioskKey {
  readonly receipts: ReceiptReader | null;
  readonly checkpoints: CheckpointVerifier | null;
}

/** By the key itself and not by the kiosk, so that no kiosk is ever checked by another's key. */
const kept = new Map<string, Promise<KioskKey>>();

/** A kiosk's key, read once and not for each text that it signs. */
export function keyOfKiosk({ public_key_json }: KioskRow): Promise<KioskKey> {
  const known = kept.get(public_key_json);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const key = readKey(JSON.parse(public_key_json) as JsonObject);
  kept.set(public_key_json, key);
  return key;
}

async function readKey(publicKey: JsonObject): Promise<KioskKey> {
  return {
    receipts: await receiptReader(publicKey),
    checkpoints: await checkpointVerifier(publicKey, nodeSignatures),
  };
}

async function receiptReader(publicKey: JsonObject): Promise<ReceiptReader | null> {
  const verify = await receiptVerifier(publicKey, nodeSignatures);
  if (verify === null) return null;
  const readText = receiptTextReader();
  return async (jws) => {
    const signed = await verify(jws);
    if (!signed.ok) return { ok: false, reason: 'receipt-signature-wrong' };
    const reading = readText(signed.text);
    return reading === null ? { ok: false, reason: 'receipt-mismatch' } : { ok: true, reading };
  };
}
