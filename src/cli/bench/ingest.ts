import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { hashNotice } from '#consent';
import { signCheckpoint } from '#ledger';
import { apiPaths, signKioskRequest } from '#protocol';
import { type Instant, type JsonObject, SECOND_MS, toIso } from '#values';
import type { Bench } from '../bench.ts';
import { nodeSha256 } from '../node-hashing.ts';
import { type DeviceKeys, deviceRandom, makeDeviceKeys } from '../replay/device.ts';
import { HttpClient } from '../replay/http-client.ts';
import { type OwnServer, startOwnServer } from '../replay/own-server.ts';
import { Player } from '../replay/player.ts';
import { firstMorning } from '../replay/rounds.ts';
import { TabletLine } from '../replay/tablet.ts';
import { fitBatch, TabletLedger, textOfBatch, type Unsent } from '../replay/tablet-ledger.ts';
import { type KioskPlan, planWorkload, type Workload } from '../replay/workload.ts';
import { against, alone } from './parts/figures.ts';
import type { SendWork } from './parts/send-batches.ts';
import { partsOf, type SignedByKey, verifyOn } from './parts/signatures.ts';

const USUAL_SIZE = { visits: 4_000, kiosks: 8, shops: 4, days: 20, seed: 1 } as const;
const MIB = 1024 * 1024;
/** Sent by each kiosk before time is taken, since a server begins once and then serves for months. */
const WARM_UP_REQUESTS = 4;

interface Batch {
  readonly unsent: readonly Unsent[];
  readonly checkpoint: string;
  readonly body: string;
  readonly token: string;
}

interface KioskLoad {
  readonly publicKey: JsonObject;
  readonly batches: readonly Batch[];
}

/** Taking in what kiosks send, against checking the same signatures and keeping the same bytes and nothing else. */
export const bench: Bench = async function* ({ visits }) {
  const size = { ...USUAL_SIZE, visits: visits ?? USUAL_SIZE.visits };
  const workload = planWorkload(size);
  const now = firstMorning(workload);
  const server = await startOwnServer(workload.chain, now);
  try {
    const loads: KioskLoad[] = [];
    for (const plan of workload.kioskPlans) loads.push(await loadOf(server, workload, plan, now));
    const measured = loads.map((load) => ({ ...load, batches: load.batches.slice(WARM_UP_REQUESTS) }));
    const batches = measured.flatMap((load) => load.batches);
    const entries = batches.reduce((sum, { unsent }) => sum + unsent.length, 0);
    const bytes = batches.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    const signed = measured.map(signedBy);
    yield alone('ingest.visits', size.visits, 'visits');
    yield alone('ingest.entries', entries, 'entries');
    yield alone('ingest.requests', batches.length, 'requests');
    yield alone('ingest.bytes', bytes / MIB, 'MiB');
    yield alone(
      'ingest.signatures',
      signed.reduce((sum, group) => sum + group.signed.length, 0),
      'signatures',
    );
    const whole = await send(server.url, loads);
    const verifying = await verifyOn(availableParallelism(), signed);
    const keeping = await keepBare(batches);
    yield alone('ingest.rate', entries / whole, 'entries/s');
    yield alone('ingest.bare-signatures', verifying, 's');
    yield alone('ingest.bare-inserts', keeping, 's');
    yield against('ingest.whole', whole, 'ingest.bare-signatures + ingest.bare-inserts', verifying + keeping);
  } finally {
    await server.close();
  }
};

/** All that a kiosk would send after days without a network, ready to go. */
async function loadOf(
  server: OwnServer,
  workload: Workload,
  plan: KioskPlan,
  now: Instant,
): Promise<KioskLoad> {
  const keys = await makeDeviceKeys();
  const client = new HttpClient(server.url);
  const line = new TabletLine(client, keys, null);
  const paired = await line.pair(await server.pairingCode(plan.shop.shop.id), now);
  const config = await line.config(now);
  client.close();
  if (config === null) throw new Error('A kiosk without settings.');
  const ledger = new TabletLedger(deviceRandom, () => Promise.resolve());
  await ledger.append('kiosk-paired', { ...paired, publicKey: keys.publicKey }, now);
  for (const notice of config.notices) {
    const { language, version } = notice;
    await ledger.append('notice-in-force', { noticeHash: hashNotice(notice), language, version }, now);
  }
  const player = new Player(workload, plan, { keys, paired, ledger }, config);
  for (let day = 0; day < workload.days; day += 1) await player.playDay(day);
  const batches: Batch[] = [];
  for (let from = 0; from < ledger.unsent.length; ) {
    const unsent = fitBatch(ledger.unsent, from);
    batches.push(await sealBatch(unsent, keys, paired.kioskId, now));
    from += unsent.length;
  }
  return { publicKey: keys.publicKey, batches };
}

async function sealBatch(
  unsent: readonly Unsent[],
  { privateKey, kid }: DeviceKeys,
  kioskId: Parameters<typeof signCheckpoint>[0]['kioskId'],
  now: Instant,
): Promise<Batch> {
  const head = unsent.at(-1)?.head;
  if (head === undefined) throw new RangeError('A batch of nothing.');
  const checkpoint = await signCheckpoint({ kioskId, ...head, time: toIso(now) }, privateKey, kid);
  const body = textOfBatch(unsent, checkpoint);
  const claims = { method: 'POST', path: apiPaths.entries, body: nodeSha256(body) } as const;
  const token = await signKioskRequest(claims, privateKey, kid, now);
  return { unsent, checkpoint, body, token };
}

/** Every signature that the server has to check: of receipts, of checkpoints, of requests. */
function signedBy({ publicKey, batches }: KioskLoad): SignedByKey {
  const texts = batches.flatMap(({ unsent, checkpoint, token }) => [
    token,
    checkpoint,
    ...unsent.flatMap(({ text }) => /"receipt":"([\w.-]+)"/.exec(text)?.[1] ?? []),
  ]);
  return { publicKey, signed: texts.map(partsOf) };
}

async function send(url: string, loads: readonly KioskLoad[]): Promise<number> {
  const kiosks = loads.map(({ batches }) => ({
    requests: batches.map(({ body, token }) => ({ body, token })),
  }));
  const worker = new Worker(new URL('./parts/send-batches.ts', import.meta.url), {
    workerData: { url, kiosks, warmUp: WARM_UP_REQUESTS } satisfies SendWork,
  });
  await once(worker, 'online');
  const answer = once(worker, 'message');
  worker.postMessage('go');
  const [seconds] = (await answer) as [number];
  await worker.terminate();
  return seconds;
}

/** The same bytes, durable in the same batches, in a table of the same form. */
async function keepBare(batches: readonly Batch[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-bench-'));
  try {
    const file = new DatabaseSync(join(folder, 'bare.db'));
    file.exec('PRAGMA journal_mode = WAL');
    file.exec('PRAGMA synchronous = FULL');
    file.exec(
      'CREATE TABLE entry (batch INTEGER, seq INTEGER, hash TEXT, record TEXT, PRIMARY KEY (batch, seq))',
    );
    const insert = file.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)');
    const started = performance.now();
    for (const [index, { unsent }] of batches.entries()) {
      file.exec('BEGIN IMMEDIATE');
      for (const { head, text } of unsent) insert.run(index, head.seq, head.hash, text);
      file.exec('COMMIT');
    }
    const seconds = (performance.now() - started) / SECOND_MS;
    file.close();
    return seconds;
  } finally {
    await rm(folder, { recursive: true });
  }
}
