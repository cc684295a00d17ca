import { keyThumbprint, type SignatureFault, verifyReceipt } from '#consent/receipt-signature';
import { type ReceiptReading, readReceiptDocument } from '#protocol/for-phones';
import { base64UrlToBytes, type JsonObject, type ReceiptId } from '#values';

type Standing = 'passed' | 'failed' | 'not-possible';

/** Everything that a check can find, closed, so that each has its words for a person and its test. */
const STANDING = {
  'key-matches': 'passed',
  'key-differs': 'failed',
  /** The link carries the secret alone. */
  'key-not-in-link': 'not-possible',
  'signature-holds': 'passed',
  'not-a-receipt': 'failed',
  'other-key': 'failed',
  'signature-wrong': 'failed',
  /** Browsers check signatures only on pages that came over TLS or from the same machine. */
  'no-crypto': 'not-possible',
  'form-unknown': 'failed',
  'id-matches': 'passed',
  'id-differs': 'failed',
} as const satisfies Record<SignatureFault, Standing> & Record<string, Standing>;
export type Finding = keyof typeof STANDING;

/** What the phone holds in its hand: the parts of the link, which came from the tablet's screen and not from the server. */
export interface ScannedLink {
  readonly receiptId: ReceiptId;
  readonly keyThumbprint: string | null;
}

/** What the server gave out. Nothing of it is believed before it is checked. */
export interface GivenReceipt {
  readonly receipt: string;
  readonly publicKey: JsonObject;
}

/** A receipt with what was found out about it. Where a check failed there is no reading: nobody reads a false receipt as if it were true. */
export type CheckedReceipt = {
  /** In the order of the checks. After one that failed there are no more. */
  readonly findings: readonly Finding[];
  /** What the receipt holds, for people who want to see for themselves. */
  readonly document: unknown;
} & (
  | { readonly verdict: 'genuine' | 'partly'; readonly reading: ReceiptReading }
  | { readonly verdict: 'false'; readonly reading: null }
);

export function standingOf(finding: Finding): Standing {
  return STANDING[finding];
}

/**
 * Checks, on the phone, that this is the receipt that the tablet signed:
 * the key is the one that the link names, the signature is by that key over every letter, and the receipt is the one of the link.
 */
export async function checkReceipt(
  link: ScannedLink,
  given: GivenReceipt,
  canVerify: boolean,
): Promise<CheckedReceipt> {
  const findings: Finding[] = [];
  const unchecked = readUnchecked(given.receipt);
  const fail = (finding: Finding): CheckedReceipt => ({
    findings: [...findings, finding],
    document: unchecked,
    verdict: 'false',
    reading: null,
  });

  const key = canVerify ? await checkKey(link, given) : null;
  if (key === 'key-differs') return fail(key);
  if (key !== null) findings.push(key);

  const signature = canVerify ? await verifyReceipt(given.receipt, given.publicKey) : null;
  if (signature !== null && !signature.ok) return fail(signature.reason);
  findings.push(signature === null ? 'no-crypto' : 'signature-holds');

  const document = signature === null ? unchecked : signature.payload;
  const reading = readReceiptDocument(document);
  if (reading === null) return fail('form-unknown');

  if (reading.receiptId !== link.receiptId) return fail('id-differs');
  findings.push('id-matches');

  const isAllChecked = findings.every((finding) => standingOf(finding) === 'passed');
  return { findings, document, verdict: isAllChecked ? 'genuine' : 'partly', reading };
}

async function checkKey(link: ScannedLink, given: GivenReceipt): Promise<Finding> {
  if (link.keyThumbprint === null) return 'key-not-in-link';
  return (await keyThumbprint(given.publicKey)) === link.keyThumbprint ? 'key-matches' : 'key-differs';
}

/** What a compact JWS (RFC 7515, section 7.1) says, whoever wrote it, or null where it says nothing. */
function readUnchecked(jws: string): unknown {
  try {
    const bytes = base64UrlToBytes(jws.split('.')[1] ?? '');
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
