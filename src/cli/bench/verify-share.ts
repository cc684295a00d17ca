/** A worker that checks its share of signatures one after another, with nothing around it: what any checker must at least do. */
import { createPublicKey, verify, type webcrypto } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

interface Share {
  readonly publicKey: webcrypto.JsonWebKey;
  readonly signed: readonly { readonly data: Uint8Array; readonly signature: Uint8Array }[];
}

const { publicKey, signed } = workerData as Share;
const key = createPublicKey({ key: publicKey, format: 'jwk' });
parentPort?.on('message', () => {
  const areRight = signed.every(({ data, signature }) =>
    verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  );
  parentPort?.postMessage(areRight);
});
