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
}

const OK = 200;
const { url, kiosks } = workerData as SendWork;

async function sendAll({ requests }: BatchesOfKiosk): Promise<void> {
  const client = new HttpClient(url);
  for (const { body, token } of requests) {
    const headers = { authorization: `Bearer ${token}` };
    const { status, text } = await client.ask({ method: 'POST', path: apiPaths.entries, headers, body });
    if (status !== OK) throw new Error(`The server answered ${status}: ${text}`);
  }
  client.close();
}

async function send(): Promise<void> {
  const started = performance.now();
  await Promise.all(kiosks.map(sendAll));
  parentPort?.postMessage((performance.now() - started) / SECOND_MS);
}

parentPort?.on('message', () => void send());
