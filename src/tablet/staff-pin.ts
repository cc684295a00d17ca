import { base64UrlToBytes, bytesToHex, type Outcome } from '#values';
import type { StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { type GuessRefusal, tryGuess } from './guess-limit.ts';

const HASH_BITS = 256;

/** Whether this is the staff PIN. Wrong guesses soon lock it for a while. */
export async function checkStaffPin(
  core: TabletCore,
  pin: string,
): Promise<Outcome<object, GuessRefusal | StorageFault>> {
  return tryGuess(core, 'pinGuesses', () => matches(core, pin));
}

async function matches(core: TabletCore, pin: string): Promise<boolean> {
  const { salt, iterations, hash } = core.config().settings.staffPin;
  const saltBytes = base64UrlToBytes(salt);
  if (saltBytes === null) return false;
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(saltBytes), iterations },
    key,
    HASH_BITS,
  );
  return bytesToHex(new Uint8Array(bits)) === hash;
}
