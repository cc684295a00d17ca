import { type ReceiptVerifier, receiptVerifier } from '#consent';
import type { JsonObject } from '#values';
import type { KioskRow } from './authenticate.ts';

/** More kiosks than one server ever hears of within a day; then all are read anew. */
const MAX_KEPT = 1_000;

/** By the key itself and not by the kiosk, so that no kiosk is ever checked by another's key. */
const kept = new Map<string, Promise<ReceiptVerifier | null>>();

/** What checks a kiosk's receipts: its key is read once, and not for each of them. Null where the key is none. */
export function receiptVerifierOf({ public_key_json }: KioskRow): Promise<ReceiptVerifier | null> {
  const known = kept.get(public_key_json);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const verifier = receiptVerifier(JSON.parse(public_key_json) as JsonObject);
  kept.set(public_key_json, verifier);
  return verifier;
}
