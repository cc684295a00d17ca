import { receiptVerifier } from '#consent';
import { ownPlaces, type ReceiptReading, readClosedReceipt } from '#protocol';
import {
  type JsonObject,
  type Outcome,
  parseCanonicalJson,
  type SignatureCheck,
  type SignatureChecks,
} from '#values';
import { type Likeness, likenessOf } from './receipt-likeness.ts';

/** What is checked of a receipt against the entries around it. */
export type ReceiptFacts = Pick<ReceiptReading, 'receiptId' | 'time'> & { readonly kind: ReceiptKind };

/** What receipts say that differ in their id and their time alone. They share it. */
export type ReceiptKind = Pick<ReceiptReading, 'kioskId' | 'language' | 'purposes' | 'givenBy' | 'notice'> & {
  readonly shopId: ReceiptReading['shop']['id'];
  readonly controllerId: ReceiptReading['controller']['id'];
};

/** What a signed receipt says, or why it is none. */
export type ReceiptOutcome = Outcome<
  { readonly facts: ReceiptFacts },
  'receipt-not-one' | 'receipt-other-key' | 'receipt-signature-wrong'
>;

/** Checks the signatures of one kiosk's receipts, given as the bytes of a compact JWS, and reads them. */
export type ReceiptReader = (jws: Uint8Array<ArrayBuffer>) => Promise<ReceiptOutcome>;

const SIGNATURE_FAULTS = {
  'not-a-receipt': 'receipt-not-one',
  'other-key': 'receipt-other-key',
  'signature-wrong': 'receipt-signature-wrong',
} as const;

/** A shop has a handful of kinds at a time: a language, a choice of purposes, a setting of the clock each. */
const MAX_KINDS = 64;

interface KnownKind {
  readonly kind: ReceiptKind;
  readonly like: Likeness;
}

// A JWS is ASCII; in what is none, a character stands that no JWS has.
const ascii = new TextDecoder('utf-8', { ignoreBOM: true });

/** Null where the key is none. Whatever was read once is kept as a kind, so that the next one like it need not be read in full. */
export async function receiptReader(
  publicKey: JsonObject,
  signatures: SignatureChecks,
): Promise<ReceiptReader | null> {
  const isSigned = await signatures(publicKey);
  const verify = await receiptVerifier(publicKey, signatures);
  if (isSigned === null || verify === null) return null;
  let kinds: readonly KnownKind[] = [];
  return async (jws) => {
    const text = ascii.decode(jws);
    for (const { kind, like } of kinds) {
      const own = like(text);
      if (own !== null) return signedFacts(jws, { ...own, kind }, isSigned);
    }
    const signed = await verify(text);
    if (!signed.ok) return { ok: false, reason: SIGNATURE_FAULTS[signed.reason] };
    const reading = readClosedReceipt(parseCanonicalJson(signed.text));
    if (reading === null) return { ok: false, reason: 'receipt-not-one' };
    const kind = kindOf(reading);
    const places = ownPlaces(signed.text, reading);
    const like = places === null ? null : likenessOf(text, places);
    if (like !== null) kinds = [{ kind, like }, ...kinds].slice(0, MAX_KINDS);
    return { ok: true, facts: { receiptId: reading.receiptId, time: reading.time, kind } };
  };
}

async function signedFacts(
  jws: Uint8Array<ArrayBuffer>,
  facts: ReceiptFacts,
  isSigned: SignatureCheck,
): Promise<ReceiptOutcome> {
  return (await isSigned(jws)) ? { ok: true, facts } : { ok: false, reason: 'receipt-signature-wrong' };
}

function kindOf(reading: ReceiptReading): ReceiptKind {
  const { kioskId, language, purposes, givenBy, notice, shop, controller } = reading;
  return { kioskId, language, purposes, givenBy, notice, shopId: shop.id, controllerId: controller.id };
}
