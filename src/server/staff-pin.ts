import { pbkdf2Sync } from 'node:crypto';
import type { KioskSettings } from '#protocol';
import { bytesToBase64Url, RANDOM_ID_BYTES, type RandomBytes } from '#values';

/** As OWASP's password storage cheat sheet advises for PBKDF2 with SHA-256. */
const ITERATIONS = 600_000;
const HASH_BYTES = 32;
const PIN_DIGITS = 6;

/** Six random digits. */
export function randomPin(random: RandomBytes): string {
  return Array.from(random(PIN_DIGITS), (byte) => byte % 10).join('');
}

/** What a tablet needs to check a PIN without knowing it. */
export function hashPin(pin: string, random: RandomBytes): KioskSettings['staffPin'] {
  const saltBytes = random(RANDOM_ID_BYTES);
  const hash = pbkdf2Sync(pin, saltBytes, ITERATIONS, HASH_BYTES, 'sha256').toString('hex');
  return { salt: bytesToBase64Url(saltBytes), iterations: ITERATIONS, hash };
}
