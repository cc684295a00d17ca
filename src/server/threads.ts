import { availableParallelism } from 'node:os';
import { type Transferable, Worker } from 'node:worker_threads';

const MAX_THREADS = 8;
/** What a stretch of work leaves behind is thrown away whole and seldom looked through. */
const YOUNG_MB = 64;

interface Question<Answer> {
  readonly weight: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Threads that run one program, which answers each message with one, in their order. They are begun as they are needed, a core each. */
export class Threads<Asked, Answer> {
  readonly #program: URL;
  #threads: Thread<Asked, Answer>[] = [];

  constructor(program: URL) {
    this.#program = program;
  }

  /** Asks the thread with the least to do. Fails where the thread does: for want of memory, or through a bug. `weight` is how much is asked. */
  ask(asked: Asked, weight: number, transfer: readonly Transferable[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#leastBusy().ask(asked, { weight, resolve, reject }, transfer);
    });
  }

  #leastBusy(): Thread<Asked, Answer> {
    const idle = this.#threads.find(({ load }) => load === 0);
    if (idle !== undefined) return idle;
    if (this.#threads.length < Math.min(availableParallelism(), MAX_THREADS)) {
      const thread: Thread<Asked, Answer> = new Thread(this.#program, () => {
        // The next to ask gets a new one.
        this.#threads = this.#threads.filter((other) => other !== thread);
      });
      this.#threads.push(thread);
      return thread;
    }
    return this.#threads.reduce((least, thread) => (thread.load < least.load ? thread : least));
  }
}

class Thread<Asked, Answer> {
  /** How much of what it was asked it has not answered yet. */
  load = 0;
  readonly #worker: Worker;
  #waiting: Question<Answer>[] = [];

  constructor(program: URL, onEnd: () => void) {
    this.#worker = new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on('message', (answer: Answer) => {
      const question = this.#waiting.shift();
      if (question === undefined) return;
      this.load -= question.weight;
      if (this.#waiting.length === 0) this.#worker.unref();
      question.resolve(answer);
    });
    this.#worker.on('error', (error) => {
      onEnd();
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const { reject } of waiting) reject(error);
    });
    // A program that is done does not wait for threads that have nothing to do.
    this.#worker.unref();
  }

  ask(asked: Asked, question: Question<Answer>, transfer: readonly Transferable[]): void {
    this.load += question.weight;
    this.#worker.ref();
    this.#waiting.push(question);
    this.#worker.postMessage(asked, transfer);
  }
}
