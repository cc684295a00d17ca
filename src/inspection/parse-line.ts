import { isCanonicalJson, type Outcome, parseJson } from '#values';
import { type ExportLine, readExportLine } from './export-format.ts';
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
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'not-json' };
  const line = readExportLine(value);
  if (line === null) return { ok: false, reason: 'not-a-line' };
  // One way to write each line: so no key stands twice, no number is rounded, and the text that is hashed is the text in the file.
  if (!isCanonicalJson(text, value)) return { ok: false, reason: 'not-canonical' };
  return { ok: true, line };
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
