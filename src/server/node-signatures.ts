import { type JsonObject, portableSignatures, type SignatureChecks } from '#values';
import { Threads } from './threads.ts';

/** What goes to a thread: texts that one key should have signed. */
export interface SignedTexts {
  readonly publicKey: JsonObject;
  readonly texts: readonly (string | Uint8Array<ArrayBuffer>)[];
}

/** So many go to a thread at a time that handing them over costs little, and so few that all threads have some. */
const MAX_TEXTS_AT_ONCE = 32;

const threads = new Threads<SignedTexts, readonly boolean[]>(
  new URL('./verify-signatures.ts', import.meta.url),
);

interface Asked {
  readonly text: string | Uint8Array<ArrayBuffer>;
  readonly resolve: (isSigned: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Signatures checked in threads of their own, so that who asks for many has all cores: those that are asked for in one go are handed over in
 * batches, each to the thread with the least to do.
 */
export const nodeSignatures: SignatureChecks = async (publicKey) => {
  // Also says whether the key is one.
  if ((await portableSignatures(publicKey)) === null) return null;
  let asked: Asked[] = [];
  const handOver = () => {
    const batch = asked;
    asked = [];
    // Each of the batch hears of it.
    void check(publicKey, batch);
  };
  return (text) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) queueMicrotask(handOver);
      asked.push({ text, resolve, reject });
      if (asked.length === MAX_TEXTS_AT_ONCE) handOver();
    });
};

async function check(publicKey: JsonObject, batch: readonly Asked[]): Promise<void> {
  if (batch.length === 0) return;
  try {
    const texts = batch.map(({ text }) => text);
    const areSigned = await threads.ask({ publicKey, texts }, texts.length);
    for (const [index, { resolve }] of batch.entries()) resolve(areSigned[index] === true);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
