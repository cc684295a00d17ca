/** A worker that sends batches as fast as they are answered: those of a kiosk one after another, the kiosks side by side. */
import { parentPort, workerData } from 'node:worker_threads';
import { apiPaths } from '#protocol';
import { SECOND_MS } from '#values';
import { HttpClient } from '../../replay/http-client.ts';

export interface BatchesOfKiosk {
  readonly requests: readonly { readonly body: string; readonly token: string }[];
}

export interface SendWork {
  readonly url: string;
  readonly kiosks: readonly BatchesOfKiosk[];
  /** How many requests of each kiosk are sent before time is taken. */
  readonly warmUp: number;
}

const OK = 200;
const { url, kiosks, warmUp } = workerData as SendWork;

const lines = kiosks.map(({ requests }) => ({ client: new HttpClient(url), requests: [...requests] }));
type Line = (typeof lines)[number];

async function sendNext({ client, requests }: Line, count: number): Promise<void> {
  for (const { body, token } of requests.splice(0, count)) {
    const headers = { authorization: `Bearer ${token}` };
    const { status, text } = await client.ask({ method: 'POST', path: apiPaths.entries, headers, body });
    if (status !== OK) throw new Error(`The server answered ${status}: ${text}`);
  }
}

/** Seconds that the batches take which come after the first few of each kiosk: with those a server gets as warm as it is after a minute of its life. */
async function send(): Promise<void> {
  await Promise.all(lines.map((line) => sendNext(line, warmUp)));
  const started = performance.now();
  await Promise.all(lines.map((line) => sendNext(line, line.requests.length)));
  parentPort?.postMessage((performance.now() - started) / SECOND_MS);
  for (const { client } of lines) client.close();
}

parentPort?.on('message', () => void send());
