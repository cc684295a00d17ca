import type { OwnPlace, ReceiptReading } from '#protocol';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  type IsoTime,
  instantFromIso,
  isRandomId,
  type ReceiptId,
} from '#values';

// Receipts of one shop differ in nothing but their id, their time and their signature. So of one like another only the two are decoded, and the
// rest is what comes out when they are put in the other's place and all is encoded anew.

/** What a receipt says that is like another. */
type Own = Pick<ReceiptReading, 'receiptId' | 'time'>;

/** Tells what a compact JWS says that is like the one that this was made of, whoever signed it; null where it is not. */
export type Likeness = (jws: string) => Own | null;

const BYTES_IN_GROUP = 3;
const CHARS_IN_GROUP = 4;
/** 64 bytes: of the last character four bits are to spare, and zero. */
const SIGNATURE = /^[\w-]{85}[AQgw]$/;

const utf8 = new TextEncoder();
const ascii = new TextDecoder();

/**
 * What receipts are like that differ from this one, which has been read, in id, time and signature alone. `places` are all in its payload where one
 * of the two stands.
 */
export function likenessOf(jws: string, places: readonly OwnPlace[]): Likeness | null {
  const start = jws.indexOf('.') + 1;
  const end = jws.lastIndexOf('.');
  const header = jws.slice(0, start);
  const payload = base64UrlToBytes(jws.slice(start, end));
  const [id, time] = [firstOf('receiptId', places), firstOf('time', places)];
  if (payload === null || id === null || time === null) return null;
  return (other) => {
    if (other.length !== jws.length || !other.startsWith(header)) return null;
    const own = { receiptId: textAt(id, other, start), time: textAt(time, other, start) };
    if (!isRandomId(own.receiptId) || instantFromIso(own.time) === null) return null;
    const bytes = { receiptId: utf8.encode(own.receiptId), time: utf8.encode(own.time) };
    for (const { what, from } of places) payload.set(bytes[what], from);
    const isLike = other.slice(start, end) === bytesToBase64Url(payload) && other[end] === '.';
    if (!isLike || !SIGNATURE.test(other.slice(end + 1))) return null;
    return { receiptId: own.receiptId as ReceiptId, time: own.time as IsoTime };
  };
}

function firstOf(what: OwnPlace['what'], places: readonly OwnPlace[]): OwnPlace | null {
  return places.find((place) => place.what === what) ?? null;
}

/** What stands in a place of the payload that begins at `start`; something that is neither id nor time where that is not base64url. */
function textAt({ from, to }: OwnPlace, jws: string, start: number): string {
  const first = Math.floor(from / BYTES_IN_GROUP);
  const chars = [first, Math.ceil(to / BYTES_IN_GROUP)].map((group) => start + group * CHARS_IN_GROUP);
  const bytes = base64UrlToBytes(jws.slice(...chars));
  const at = from - first * BYTES_IN_GROUP;
  return bytes === null ? '' : ascii.decode(bytes.subarray(at, at + to - from));
}
