import { keyThumbprint } from '#consent';
import type { JsonObject } from '#values';
import type { Identity } from './database.ts';

/** A fresh ECDSA P-256 key whose private half can sign but never leave this browser. */
export async function makeIdentity(): Promise<Identity> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  if (kty === undefined || crv === undefined || x === undefined || y === undefined) {
    throw new Error('The browser made a key without its public half.');
  }
  const publicKey: JsonObject = { kty, crv, x, y };
  return { keys, publicKey, kid: await keyThumbprint(publicKey), paired: null };
}
