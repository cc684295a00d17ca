import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type JsonObject, portableSignatures, type SignatureChecks } from '#values';

/** What goes to a thread: texts that one key should have signed. */
export interface SignedTexts {
  readonly publicKey: JsonObject;
  readonly texts: readonly string[];
}

/** So many go to a thread at a time that handing them over costs little, and so few that all threads have some. */
const MAX_TEXTS_AT_ONCE = 32;
const MAX_THREADS = 8;

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
    if (batch.length > 0) leastBusy().check(publicKey, batch);
  };
  return (text) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) queueMicrotask(handOver);
      asked.push({ text, resolve, reject });
      if (asked.length === MAX_TEXTS_AT_ONCE) handOver();
    });
};

interface Asked {
  readonly text: string;
  readonly resolve: (isSigned: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const threads: Thread[] = [];

function leastBusy(): Thread {
  const idle = threads.find(({ texts }) => texts === 0);
  if (idle !== undefined) return idle;
  if (threads.length < Math.min(availableParallelism(), MAX_THREADS)) threads.push(new Thread());
  return threads.reduce((least, thread) => (thread.texts < least.texts ? thread : least));
}

class Thread {
  /** How many texts it has not answered yet. */
  texts = 0;
  readonly #worker = new Worker(new URL('./verify-signatures.ts', import.meta.url));
  /** Answers come in the order of the questions. */
  #waiting: (readonly Asked[])[] = [];

  constructor() {
    this.#worker.on('message', (areSigned: readonly boolean[]) => {
      const batch = this.#waiting.shift() ?? [];
      this.texts -= batch.length;
      if (this.texts === 0) this.#worker.unref();
      for (const [index, { resolve }] of batch.entries()) resolve(areSigned[index] === true);
    });
    this.#worker.on('error', (error) => this.#end(error));
    // A program that is done does not wait for threads that have nothing to do.
    this.#worker.unref();
  }

  check(publicKey: JsonObject, batch: readonly Asked[]): void {
    this.texts += batch.length;
    this.#worker.ref();
    this.#waiting.push(batch);
    this.#worker.postMessage({ publicKey, texts: batch.map(({ text }) => text) } satisfies SignedTexts);
  }

  /** A thread that fails is one too few memory or a bug: who waits hears of it, and the next to ask gets a new one. */
  #end(error: unknown): void {
    threads.splice(threads.indexOf(this), 1);
    for (const { reject } of this.#waiting.flat()) reject(error);
    this.#waiting = [];
  }
}
