import canonicalize from 'canonicalize';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The canonical JSON text of a value (RFC 8785). Throws where JSON has no such value, as for NaN: that is a bug of the caller. */
export function canonicalJson(value: Json): string {
  // What is in order already, as all that our own tablets send, is written in half the time.
  if (isOrdered(value)) return JSON.stringify(value);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('This value has no JSON form.');
  return text;
}

/** What a JSON text from outside says, or undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Whether `text` is the canonical JSON (RFC 8785) of `value`, which was parsed from it. Quicker than writing it anew: a text that
 * `JSON.stringify` gives back unchanged has canonical numbers, strings and spacing and no key twice, so only the keys' order is left to see.
 * Keys that are whole numbers, which no format here has, may be refused: JavaScript keeps those in an order of its own.
 */
export function isCanonicalJson(text: string, value: Json): boolean {
  return JSON.stringify(value) === text && isOrdered(value);
}

/** A signed text is as deep as a receipt at most; deeper ones from outside are not read, since reading them nests. */
const MAX_OPENERS = 512;

/** What a canonical JSON text from outside says; undefined where it is none, or where it nests more than anything of ours. */
export function parseCanonicalJson(text: string): Json | undefined {
  if (openersIn(text) > MAX_OPENERS) return undefined;
  const value = parseJson(text);
  return value !== undefined && isCanonicalJson(text, value) ? value : undefined;
}

function openersIn(text: string): number {
  let count = 0;
  for (const opener of ['{', '[']) {
    for (let at = text.indexOf(opener); at !== -1 && count <= MAX_OPENERS; at = text.indexOf(opener, at + 1))
      count += 1;
  }
  return count;
}

/**
 * Keys in the order of their UTF-16 code units (RFC 8785, section 3.2.3), strings that Unicode has (section 3.2.2.2), and numbers that
 * JSON has. Of such a value `JSON.stringify` writes the canonical JSON.
 */
function isOrdered(whole: Json | undefined): boolean {
  // A list of what is left to see, not calls within calls: a stranger decides how deep a value is nested.
  const left: (Json | undefined)[] = [whole];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') {
      if (!value.isWellFormed()) return false;
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return false;
    } else if (Array.isArray(value)) {
      for (const item of value) left.push(item);
    } else if (typeof value === 'object' && value !== null) {
      let before: string | null = null;
      for (const key of Object.keys(value)) {
        if ((before !== null && before >= key) || !key.isWellFormed()) return false;
        left.push((value as JsonObject)[key]);
        before = key;
      }
    } else if (value !== null && typeof value !== 'boolean') {
      return false;
    }
  }
  return true;
}
