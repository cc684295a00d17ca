import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Controller, Notice } from '#consent';
import { type Instant, instant, type ShopId } from '#values';
import {
  hashPin,
  makePairingCode,
  noticesInForce,
  openDatabase,
  putShop,
  type RunningServer,
  startServer,
} from '../../server/index.ts';
import { RELEASE_MIN, type ShopPlan, withChangedNotice } from './chain.ts';
import { deviceRandom } from './device.ts';

const PUBLIC_URL = 'https://askfirst.example';
const AGE_OF_CONSENT = 16;
const IDLE_SECONDS = 30;

/** A server for real use on a data folder of its own, whose clock is that of the play. */
export interface OwnServer {
  readonly url: string;
  readonly context: RunningServer['context'];
  readonly turnClock: (time: Instant) => void;
  readonly pairingCode: (shopId: ShopId) => Promise<string>;
  readonly changeNotice: (plan: ShopPlan) => Promise<void>;
  readonly close: () => Promise<void>;
}

const staffPin = await hashPin('000000', deviceRandom);

export async function startOwnServer(chain: readonly ShopPlan[], begin: Instant): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'askfirst-replay-'));
  // Half a year is gigabytes: they go also where somebody loses patience.
  const clear = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', clear);
  let time = begin;
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: false,
    now: () => time,
    random: deviceRandom,
    // The API is all that is played with.
    distDir: await mkdtemp(join(dataDir, 'pages-')),
  });
  for (const plan of chain) await putShop(server.context, factsOf(plan));
  return {
    url: server.url,
    context: server.context,
    turnClock: (to) => {
      time = to;
    },
    pairingCode: (shopId) => makePairingCode(server.context, shopId),
    changeNotice: async (plan) => {
      await putShop(server.context, factsOf(plan, withChangedNotice(plan.controller)));
    },
    close: async () => {
      await server.close();
      process.off('exit', clear);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Every notice that the shops will ever show. An export names them before its entries, and it is written while the play goes on; so they
 * are published beforehand in a database that nobody uses.
 */
export async function noticesToCome(
  chain: readonly ShopPlan[],
  doChange: boolean,
): Promise<{ readonly shopId: ShopId; readonly notice: Notice }[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'askfirst-notices-'));
  const db = await openDatabase({ dataDir, databaseUrl: null });
  const now = () => instant(0);
  try {
    const all: { shopId: ShopId; notice: Notice }[] = [];
    for (const plan of chain) {
      const shopId = plan.shop.id;
      const versions = doChange ? [plan.controller, withChangedNotice(plan.controller)] : [plan.controller];
      for (const controller of versions) {
        await putShop({ db, now }, factsOf(plan, controller));
        for (const notice of (await noticesInForce(db, shopId)).values()) all.push({ shopId, notice });
      }
    }
    return all;
  } finally {
    await db.destroy();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function factsOf({ controller, shop }: ShopPlan, as: Controller = controller) {
  const settings = {
    ageOfConsent: AGE_OF_CONSENT,
    releaseMin: RELEASE_MIN,
    idleSeconds: IDLE_SECONDS,
    vision: 'auto',
    publicUrl: PUBLIC_URL,
    staffPin,
  } as const;
  return { controller: as, shop, settings };
}
