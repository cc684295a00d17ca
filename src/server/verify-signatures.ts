/** A thread that checks signatures, batch by batch. */
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { keyOf, verifyJws } from './node-keys.ts';
import type { SignedTexts } from './node-signatures.ts';

const MAX_KEYS = 1_000;
const keys = new Map<string, KeyObject>();

function knownKey(publicKey: SignedTexts['publicKey']): KeyObject {
  const name = JSON.stringify(publicKey);
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= MAX_KEYS) keys.clear();
  const key = keyOf(publicKey);
  keys.set(name, key);
  return key;
}

parentPort?.on('message', ({ publicKey, texts }: SignedTexts) => {
  const key = knownKey(publicKey);
  parentPort?.postMessage(texts.map((jws) => verifyJws(jws, key)));
});
