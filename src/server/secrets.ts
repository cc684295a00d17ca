import { timingSafeEqual } from 'node:crypto';
import { type Sha256, sha256 } from '#values';

/** Compares the hash of a secret with a stored one in a time that tells nothing about either. */
export function matchesHash(secret: string, hash: Sha256): boolean {
  return timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(hash));
}
