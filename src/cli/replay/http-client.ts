import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { SECOND_MS } from '#values';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The server could not be asked at all. */
export class Unreachable extends Error {}

const TOO_MANY_REQUESTS = 429;
const SERVER_BUSY = 503;
const USUAL_PAUSE_SECONDS = 5;
const MOST_TRIES = 20;

/**
 * One device that asks the server over a connection that it keeps. Where it has an address of its own, as a tablet or a phone has, the
 * server's limits for one address hold for it alone. Asked to wait, it waits as long as it is told.
 */
export class HttpClient {
  readonly #url: URL;
  readonly #agent: Agent;

  constructor(url: string, localAddress: string | null = null) {
    this.#url = new URL(url);
    const options = { keepAlive: true, maxSockets: 1, ...(localAddress === null ? {} : { localAddress }) };
    this.#agent = this.#url.protocol === 'https:' ? new TlsAgent(options) : new Agent(options);
  }

  async ask(asked: Asked): Promise<Answered> {
    for (let tries = 1; ; tries += 1) {
      const answered = await this.#askOnce(asked);
      const isToWait = answered.status === TOO_MANY_REQUESTS || answered.status === SERVER_BUSY;
      if (!isToWait || tries === MOST_TRIES) return answered;
      await wait(Number(answered.headers['retry-after'] ?? USUAL_PAUSE_SECONDS) * SECOND_MS);
    }
  }

  async #askOnce({ method, path, headers = {}, body }: Asked): Promise<Answered> {
    const isTls = this.#url.protocol === 'https:';
    const sent = (isTls ? tlsRequest : request)(new URL(path, this.#url), {
      method,
      agent: this.#agent,
      headers: {
        ...headers,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    try {
      const answer = once(sent, 'response');
      sent.end(body);
      const [response] = (await answer) as [IncomingMessage];
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks as Buffer[]).toString('utf8');
      return { status: response.statusCode ?? 0, headers: response.headers, text };
    } catch (error) {
      throw new Unreachable(`The server at ${this.#url.origin} does not answer.`, { cause: error });
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
