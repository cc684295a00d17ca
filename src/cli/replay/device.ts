import { randomFillSync } from 'node:crypto';
import { keyThumbprint } from '#consent';
import { signKioskRequest } from '#protocol';
import type { Instant, JsonObject, RandomBytes } from '#values';
import { nodeSha256 } from '../node-hashing.ts';
import type { Answered, HttpClient } from './http-client.ts';

/** A tablet's own key, made when it starts for the first time. */
export interface DeviceKeys {
  readonly privateKey: CryptoKey;
  readonly publicKey: JsonObject;
  readonly kid: string;
}

const POOL_BYTES = 16 * 1024;
let pool: Uint8Array = new Uint8Array(0);

/** Ids, salts and secrets nobody can guess, as on a tablet: these differ from run to run. */
export const deviceRandom: RandomBytes = (length) => {
  if (pool.length < length) pool = randomFillSync(new Uint8Array(Math.max(POOL_BYTES, length)));
  const bytes = pool.slice(0, length);
  pool = pool.subarray(length);
  return bytes;
};

export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', made.publicKey);
  const publicKey = { kty: String(kty), crv: String(crv), x: String(x), y: String(y) };
  return { privateKey: made.privateKey, publicKey, kid: await keyThumbprint(publicKey) };
}

/** Asks as a tablet does: every request is signed. */
export async function askSigned(
  client: HttpClient,
  { privateKey, kid }: DeviceKeys,
  asked: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
  signedAt: Instant,
): Promise<Answered> {
  const { method, path, body = '' } = asked;
  const claims = { method, path, body: nodeSha256(body) };
  const token = await signKioskRequest(claims, privateKey, kid, signedAt);
  return client.ask({ ...asked, headers: { ...asked.headers, authorization: `Bearer ${token}` } });
}
