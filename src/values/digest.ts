/** A SHA-256 digest (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export type Sha256 = string & { readonly __brand: 'Sha256' };

const SHA256_PATTERN = /^[0-9a-f]{64}$/;

export function isSha256(text: string): text is Sha256 {
  return SHA256_PATTERN.test(text);
}
