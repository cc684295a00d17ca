import { MAX_RECEIPT_CHARS } from '#protocol';
import { isCanonicalJson, type Outcome, parseJson } from '#values';
import { type ExportLine, type RecordLine, readExportLine } from './export-format.ts';
import type { FaultReason } from './faults.ts';
import { MAX_DEPTH } from './limits.ts';

// A byte order mark is not part of a line of ours, so it is not skipped.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type ParsedLine = Outcome<{ readonly line: ExportLine }, FaultReason>;

/** Reads one line, without its line break. Whoever wrote it may be an attacker: nothing of it is used before it has met its schema. */
export function parseLine(bytes: Uint8Array): ParsedLine {
  const text = decode(bytes);
  if (text === null) return { ok: false, reason: 'not-utf8' };
  if (isDeeperThan(text, MAX_DEPTH)) return { ok: false, reason: 'too-deep' };
  return parseWithReceipt(text) ?? parseText(text);
}

function parseText(text: string): ParsedLine {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'not-json' };
  const line = readExportLine(value);
  if (line === null) return { ok: false, reason: 'not-a-line' };
  // One way to write each line: so no key stands twice, no number is rounded, and the text that is hashed is the text in the file.
  if (!isCanonicalJson(text, value)) return { ok: false, reason: 'not-canonical' };
  return { ok: true, line };
}

const BEFORE_RECEIPT = '"receipt":"';
const STAND_IN = 'a.receipt.here';
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Reads a line without its receipt, and puts that in: it is nine tenths of all that there is to read, and one that has the form of a receipt
 * is JSON, canonical and what the schema asks for already. Null where the line is to be read as a whole.
 */
function parseWithReceipt(text: string): ParsedLine | null {
  const at = text.indexOf(BEFORE_RECEIPT);
  if (at === -1) return null;
  const from = at + BEFORE_RECEIPT.length;
  const to = text.indexOf('"', from);
  const receipt = text.slice(from, to);
  if (to === -1 || receipt.length > MAX_RECEIPT_CHARS || !JWS.test(receipt)) return null;
  const parsed = parseText(text.slice(0, from) + STAND_IN + text.slice(to));
  if (!parsed.ok || parsed.line.type !== 'record') return null;
  const { entry, body } = parsed.line;
  if (entry.kind !== 'receipt-issued' || body === null) return null;
  return { ok: true, line: { type: 'record', entry, body: { ...body, receipt } } as RecordLine };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether brackets are nested deeper than `limit`, found without nesting anything. */
export function isDeeperThan(text: string, limit: number): boolean {
  if (countUpTo(text, '{', limit + 1) + countUpTo(text, '[', limit + 1) <= limit) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

function countUpTo(text: string, char: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(char); at !== -1 && count < limit; at = text.indexOf(char, at + 1)) count += 1;
  return count;
}
