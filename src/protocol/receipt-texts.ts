import { type IsoTime, instantFromIso, isRandomId, parseCanonicalJson, type ReceiptId } from '#values';
import { readClosedReceipt } from './receipt-form.ts';
import type { ReceiptReading } from './receipt-reading.ts';

/** A shop has a handful at a time: a language, a choice of purposes, a setting of the clock each. */
const MAX_PATTERNS = 64;
const ID_CHARS = 22;
const TIME_CHARS = 24;
const ENDS_A_VALUE = /^"[,}\]]/;
const IN_A_STRING = /[":/]$/;

/** Reads the text of a receipt's document; null where it is no receipt. */
export type ReceiptTextReader = (text: string) => ReceiptReading | null;

/**
 * Reads many receipts. Most differ from one before in nothing but their id and their time, so each that was read is kept as a pattern: a text
 * that is the same but for those two says the same but for those two. Any other text is read in full.
 */
export function receiptTextReader(): ReceiptTextReader {
  let patterns: readonly Pattern[] = [];
  return (text) => {
    for (const pattern of patterns) {
      const reading = readLike(pattern, text);
      if (reading !== null) return reading;
    }
    const reading = readClosedReceipt(parseCanonicalJson(text));
    const pattern = reading === null ? null : patternOf(text, reading);
    if (pattern !== null) patterns = [pattern, ...patterns].slice(0, MAX_PATTERNS);
    return reading;
  };
}

interface Pattern {
  readonly reading: ReceiptReading;
  readonly chars: number;
  /** What stands in every such text, in order. */
  readonly pieces: readonly { readonly text: string; readonly before: 'id' | 'time' | null }[];
}

/**
 * Null where another id or time in its places could change more than that: where something else that the receipt says holds one of them, or
 * where one is not the end of a value but part of a key or of an escape.
 */
function patternOf(text: string, reading: ReceiptReading): Pattern | null {
  const { receiptId, time } = reading;
  const rest = JSON.stringify({ ...reading, receiptId: '', time: '' });
  if (rest.includes(receiptId) || rest.includes(time)) return null;
  const pieces = text.split(receiptId).flatMap((part, index) =>
    part.split(time).map((piece, place) => ({
      text: piece,
      before: place > 0 ? ('time' as const) : index > 0 ? ('id' as const) : null,
    })),
  );
  const areEndsOfValues = pieces.every(
    (piece, index) =>
      (piece.before === null || ENDS_A_VALUE.test(piece.text)) &&
      (index === pieces.length - 1 || IN_A_STRING.test(piece.text)),
  );
  return areEndsOfValues ? { reading, chars: text.length, pieces } : null;
}

/** Where the id or the time of a receipt stands in its document, in bytes of UTF-8. */
export interface OwnPlace {
  readonly what: 'receiptId' | 'time';
  readonly from: number;
  readonly to: number;
}

/** All places of a receipt's text that differ from one receipt to the next like it; null where others may differ with them. */
export function ownPlaces(text: string, reading: ReceiptReading): readonly OwnPlace[] | null {
  const pattern = patternOf(text, reading);
  if (pattern === null) return null;
  const utf8 = new TextEncoder();
  const places: OwnPlace[] = [];
  let at = 0;
  for (const { text: piece, before } of pattern.pieces) {
    const to = at + (before === null ? 0 : before === 'id' ? ID_CHARS : TIME_CHARS);
    if (before !== null) places.push({ what: before === 'id' ? 'receiptId' : 'time', from: at, to });
    at = to + utf8.encode(piece).length;
  }
  return places;
}

function readLike({ reading, chars, pieces }: Pattern, text: string): ReceiptReading | null {
  if (text.length !== chars) return null;
  let receiptId: string | null = null;
  let time: string | null = null;
  let at = 0;
  const goesOnWith = (expected: string): boolean => {
    const from = at;
    at += expected.length;
    return text.slice(from, at) === expected;
  };
  for (const piece of pieces) {
    if (piece.before === 'id') {
      receiptId ??= text.slice(at, at + ID_CHARS);
      if (!goesOnWith(receiptId)) return null;
    } else if (piece.before === 'time') {
      time ??= text.slice(at, at + TIME_CHARS);
      if (!goesOnWith(time)) return null;
    }
    if (!goesOnWith(piece.text)) return null;
  }
  if (receiptId === null || time === null) return null;
  if (!isRandomId(receiptId) || instantFromIso(time) === null) return null;
  return { ...reading, receiptId: receiptId as ReceiptId, time: time as IsoTime };
}
