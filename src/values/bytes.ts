/** Lower-case hexadecimal of the bytes. */
export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Base64url without padding (RFC 4648, section 5). */
export function bytesToBase64Url(bytes: Uint8Array): string {
  // Older browsers have no way of their own.
  if ('toBase64' in bytes) return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
  return encodeByHand(bytes);
}

function encodeByHand(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The bytes of a base64url text (RFC 4648, section 5), or null where it is not one. There is one text for each: the bits that its last character has
 * to spare are zero (section 3.5).
 */
export function base64UrlToBytes(text: string): Uint8Array<ArrayBuffer> | null {
  if (hasBitsToSpare(text)) return null;
  // Older browsers have no way of their own.
  if (!('fromBase64' in Uint8Array)) return decodeByHand(text);
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: 'base64url' });
    // Spaces and padding, which it skips, make the text longer than its bytes, and no text is one character longer than whole fours.
    return text.length % 4 !== 1 && bytes.length === Math.floor((text.length * 3) / 4) ? bytes : null;
  } catch {
    return null;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Whether bits are set in the last character that belong to no byte. */
function hasBitsToSpare(text: string): boolean {
  const spare = [0, 0, 0b1111, 0b11][text.length % 4] ?? 0;
  return spare !== 0 && (ALPHABET.indexOf(text.at(-1) ?? '') & spare) !== 0;
}

function decodeByHand(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
