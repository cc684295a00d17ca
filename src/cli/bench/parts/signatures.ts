import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { base64UrlToBytes, type JsonObject, SECOND_MS } from '#values';

export interface Signed {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

export interface SignedByKey {
  readonly publicKey: JsonObject;
  readonly signed: readonly Signed[];
}

/** What a JWS signs and its signature (RFC 7515, section 7.1). */
export function partsOf(jws: string): Signed {
  const dot = jws.lastIndexOf('.');
  const signature = base64UrlToBytes(jws.slice(dot + 1));
  if (signature === null) throw new Error('A signature that is not base64url.');
  return { data: new TextEncoder().encode(jws.slice(0, dot)), signature: new Uint8Array(signature) };
}

/** Seconds that checking all of them takes on so many cores, with nothing around it. */
export async function verifyOn(cores: number, groups: readonly SignedByKey[]): Promise<number> {
  const workers = Array.from({ length: cores }, (_, index) => {
    const mine = groups.map(({ publicKey, signed }) => {
      const share = Math.ceil(signed.length / cores);
      return { publicKey, signed: signed.slice(index * share, (index + 1) * share) };
    });
    return new Worker(new URL('./verify-share.ts', import.meta.url), { workerData: mine });
  });
  await Promise.all(workers.map((worker) => once(worker, 'online')));
  const started = performance.now();
  const answers = await Promise.all(
    workers.map(async (worker) => {
      const answer = once(worker, 'message');
      worker.postMessage('go');
      return (await answer)[0] as boolean;
    }),
  );
  const seconds = (performance.now() - started) / SECOND_MS;
  await Promise.all(workers.map((worker) => worker.terminate()));
  if (!answers.every((isRight) => isRight)) throw new Error('A signature of the bench is wrong.');
  return seconds;
}
