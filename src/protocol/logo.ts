import { base64UrlToBytes } from '#values';
import { MAX_LOGO_BYTES } from './limits.ts';

/** PNG, third edition, section 5.2. */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** `RIFF`, four bytes of length, `WEBP` (RFC 9649, section 2.4). */
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];
const WEBP_AT = 8;

/** Whether a text is a PNG or a WebP of a logo's size, in base64url. By its bytes: SVG, which can hold scripts, is none whatever its name. */
export function isLogo(text: string): boolean {
  const bytes = base64UrlToBytes(text);
  if (bytes === null || bytes.length > MAX_LOGO_BYTES) return false;
  return hasAt(bytes, 0, PNG_SIGNATURE) || (hasAt(bytes, 0, RIFF) && hasAt(bytes, WEBP_AT, WEBP));
}

function hasAt(bytes: Uint8Array, place: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[place + index] === byte);
}
