import type { JsonObject } from '#values';

/** For whoever opens the file in years: how to check it with nothing of ours. */
const ABOUT =
  'receipt: a compact JWS (RFC 7515, ES256) that the tablet signed. publicKey: the key to check it with (RFC 7517). document: what the receipt says.';
const ABOUT_STATUS =
  "status: what came of it later, as the shop's server says. The tablet did not sign this part.";

const CONTEXT = { dpv: 'https://w3id.org/dpv#', xsd: 'http://www.w3.org/2001/XMLSchema#' };

interface CopiedReceipt {
  readonly receiptId: string;
  /** The compact JWS as the tablet signed it, and the key that it is checked with. */
  readonly receipt: string;
  readonly publicKey: JsonObject;
  /** What the JWS holds. */
  readonly document: unknown;
  /** RFC 3339, UTC; null where the yes stands. */
  readonly withdrawnAt: string | null;
}

/**
 * The copy of a receipt to keep, as JSON: what was signed, the key, the same in readable form and, once the yes is taken back, that it was (the consent
 * status of ISO/IEC TS 27560 in DPV terms). The secret stays out, so that a copy can be shown around.
 */
export function receiptCopy({ receiptId, receipt, publicKey, document, withdrawnAt }: CopiedReceipt): string {
  const signed = { receipt, publicKey, document };
  const copy =
    withdrawnAt === null
      ? { about: ABOUT, ...signed }
      : { about: `${ABOUT} ${ABOUT_STATUS}`, ...signed, status: withdrawn(receiptId, withdrawnAt) };
  return JSON.stringify(copy, null, 2);
}

export function receiptCopyName(receiptId: string): string {
  return `consent-receipt-${receiptId}.json`;
}

/** Said of the record that the receipt is of, so that both can be read together. */
function withdrawn(receiptId: string, withdrawnAt: string) {
  return {
    '@context': CONTEXT,
    '@id': `urn:askfirst:record:${receiptId}`,
    'dpv:hasConsentStatus': {
      '@type': 'dpv:ConsentWithdrawn',
      'dpv:isIndicatedAtTime': { '@type': 'xsd:dateTime', '@value': withdrawnAt },
    },
  };
}
