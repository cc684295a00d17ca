import { MAX_RECEIPT_CHARS, readRecordText } from '#protocol';
import type { RecordLine } from './export-format.ts';

// What is read here is ASCII, and what is not is told by the character that stands for it.
const ascii = new TextDecoder('utf-8', { ignoreBOM: true });

const BEFORE_BODY = '{"body":';
const BETWEEN = ',"entry":';
const AFTER_ENTRY = ',"type":"record"}';
const BEFORE_RECEIPT = '"receipt":"';
const STAND_IN = 'a.a.a';
const AFTER_RECEIPT = '","receiptId":"';
/** A receipt begins within so many bytes of its line, and ends so many before its end. */
const HEAD_BYTES = 128;
const TAIL_BYTES = 512;

/** A record of a visit, whose line is canonical JSON and meets its schema, but for what stands in the middle of its receipt. */
export interface ParsedRecord {
  readonly line: RecordLine;
  /** The bytes of the compact JWS of a `receipt-issued`; the line's body holds a stand-in. */
  readonly receipt: Uint8Array<ArrayBuffer> | null;
  /** How many bytes its entry has, which ends the line. */
  readonly entryBytes: number;
}

/**
 * Reads the line of a record that a visit leaves, or gives null where it is to be parsed as any other. Nine tenths of such lines is receipts, so they are
 * cut out and not looked through: whoever checks the receipt sees whether it was one.
 */
export function parseRecord(bytes: Uint8Array<ArrayBuffer>): ParsedRecord | null {
  const cut = cutReceipt(bytes);
  const text = cut === null ? ascii.decode(bytes) : cut.rest;
  const between = text.lastIndexOf(BETWEEN);
  if (!text.startsWith(BEFORE_BODY) || !text.endsWith(AFTER_ENTRY) || between === -1) return null;
  const entryText = text.slice(between + BETWEEN.length, -AFTER_ENTRY.length);
  const record = readRecordText(entryText, text.slice(BEFORE_BODY.length, between));
  if (record === null || (record.entry.kind === 'receipt-issued') !== (cut !== null)) return null;
  const line = { type: 'record', ...record } as RecordLine;
  return { line, receipt: cut?.receipt ?? null, entryBytes: entryText.length };
}

/** The bytes of the receipt and the text around it; null where there is no receipt, or one that is surely none. */
function cutReceipt(
  bytes: Uint8Array<ArrayBuffer>,
): { readonly receipt: Uint8Array<ArrayBuffer>; readonly rest: string } | null {
  const head = ascii.decode(bytes.subarray(0, HEAD_BYTES));
  const at = head.indexOf(BEFORE_RECEIPT);
  if (at === -1) return null;
  const from = at + BEFORE_RECEIPT.length;
  const tailFrom = Math.max(from, bytes.length - TAIL_BYTES);
  const tail = ascii.decode(bytes.subarray(tailFrom));
  const tailAt = tail.indexOf(AFTER_RECEIPT);
  const to = tailFrom + tailAt;
  if (tailAt === -1 || to - from > MAX_RECEIPT_CHARS) return null;
  return { receipt: bytes.subarray(from, to), rest: head.slice(0, from) + STAND_IN + tail.slice(tailAt) };
}
