/** A worker that checks its share of signatures one after another, with nothing around it: what any checker must at least do. */
import { createPublicKey, verify, type webcrypto } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { SignedByKey } from './signatures.ts';

const groups = (workerData as readonly SignedByKey[]).map(({ publicKey, signed }) => ({
  key: createPublicKey({ key: publicKey as webcrypto.JsonWebKey, format: 'jwk' }),
  signed,
}));
parentPort?.on('message', () => {
  const areRight = groups.every(({ key, signed }) =>
    signed.every(({ data, signature }) =>
      verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
    ),
  );
  parentPort?.postMessage(areRight);
});
