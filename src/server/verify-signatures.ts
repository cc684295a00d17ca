/** A thread that checks signatures, batch by batch. */
import { createPublicKey, type KeyObject, verify, type webcrypto } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { SignedTexts } from './node-signatures.ts';

const MAX_KEYS = 1_000;
const keys = new Map<string, KeyObject>();

function keyOf(publicKey: SignedTexts['publicKey']): KeyObject {
  const name = JSON.stringify(publicKey);
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= MAX_KEYS) keys.clear();
  const key = createPublicKey({ key: publicKey as webcrypto.JsonWebKey, format: 'jwk' });
  keys.set(name, key);
  return key;
}

/** Whether the key signed a compact JWS (RFC 7515, section 7.1) with ES256. */
function isSigned(jws: string, key: KeyObject): boolean {
  const dot = jws.lastIndexOf('.');
  if (dot === -1) return false;
  const signature = Buffer.from(jws.slice(dot + 1), 'base64url');
  return verify(
    'sha256',
    Buffer.from(jws.slice(0, dot), 'latin1'),
    { key, dsaEncoding: 'ieee-p1363' },
    signature,
  );
}

parentPort?.on('message', ({ publicKey, texts }: SignedTexts) => {
  const key = keyOf(publicKey);
  parentPort?.postMessage(texts.map((jws) => isSigned(jws, key)));
});
