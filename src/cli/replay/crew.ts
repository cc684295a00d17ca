import { Worker } from 'node:worker_threads';
import type { Team } from './team.ts';
import type { CallName, CallReply, CallRequest } from './team-calls.ts';
import { ReplayTrouble } from './trouble.ts';

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The workers that play the kiosks, each kiosk always with the same one. */
export class Crew {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(workers: number) {
    this.#workers = Array.from({ length: workers }, (_, number) => {
      const worker = new Worker(new URL('./team-worker.ts', import.meta.url), {
        workerData: number,
        execArgv: [],
      });
      worker.on('message', (reply: CallReply) => this.#take(reply));
      worker.on('error', (error) => this.#fail(error));
      return worker;
    });
  }

  ask<Name extends CallName>(
    kiosk: number,
    name: Name,
    call: Parameters<Team[Name]>[0],
  ): ReturnType<Team[Name]> {
    const worker = this.#workers[kiosk % this.#workers.length];
    const number = this.#asked;
    this.#asked += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker?.postMessage({ number, name, call } satisfies CallRequest<Name>);
    }) as ReturnType<Team[Name]>;
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #take(reply: CallReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (reply.ok) waiting?.resolve(reply.value as never);
    else waiting?.reject(reply.isTrouble ? new ReplayTrouble(reply.message) : new Error(reply.message));
  }

  /** A worker that died answers nothing any more. */
  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values())
      reject(error instanceof Error ? error : new Error(String(error)));
    this.#waiting.clear();
  }
}
