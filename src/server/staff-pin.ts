import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { KioskSettings } from '#protocol';
import { base64UrlToBytes, bytesToBase64Url, RANDOM_ID_BYTES, type RandomBytes } from '#values';

type StaffPin = KioskSettings['staffPin'];

/** As OWASP's password storage cheat sheet advises for PBKDF2 with SHA-256. */
const ITERATIONS = 600_000;
const HASH_BYTES = 32;
const PIN_DIGITS = 6;

/** Six random digits. */
export function randomPin(random: RandomBytes): string {
  return Array.from(random(PIN_DIGITS), (byte) => byte % 10).join('');
}

/** What a tablet needs to check a PIN without knowing it. Made beside us: it takes a quarter of a second, for which nobody else should wait. */
export async function hashPin(pin: string, random: RandomBytes): Promise<StaffPin> {
  const saltBytes = random(RANDOM_ID_BYTES);
  const hash = await slowHash(pin, saltBytes, ITERATIONS);
  return { salt: bytesToBase64Url(saltBytes), iterations: ITERATIONS, hash };
}

/** Whether a hash is that of a PIN. */
export async function isPin(pin: string, { salt, iterations, hash }: StaffPin): Promise<boolean> {
  const saltBytes = base64UrlToBytes(salt);
  return saltBytes !== null && (await slowHash(pin, saltBytes, iterations)) === hash;
}

async function slowHash(pin: string, salt: Uint8Array, iterations: number): Promise<string> {
  return (await promisify(pbkdf2)(pin, salt, iterations, HASH_BYTES, 'sha256')).toString('hex');
}
