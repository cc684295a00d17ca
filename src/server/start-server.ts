import type { FastifyInstance } from 'fastify';
import type { KioskSettings } from '#protocol';
import type { Clock, PersonId, RandomBytes } from '#values';
import { SECOND_MS } from '#values';
import { buildApp } from './build-app.ts';
import type { ServerContext } from './context.ts';
import { openDatabase } from './database/open.ts';
import { sharedCommit } from './database/shared-commit.ts';
import { storageWatch } from './database/storage-watch.ts';
import { type Demo, seedDemo } from './demo/seed-demo.ts';
import type { Options } from './options.ts';
import { clockWatch } from './retention/clock-watch.ts';
import { type RetentionSchedule, scheduleRetention } from './retention/schedule.ts';
import { liveHub } from './staff/live-hub.ts';
import { makeSignInToken } from './staff/session.ts';
import { todayOf } from './staff/today.ts';

/** What is being answered may end; then connections are cut, so that an update or a restart never waits for a stranger. */
const CLOSING_MS = 5 * SECOND_MS;

export interface ServerOptions extends Options {
  readonly now: Clock;
  readonly random: RandomBytes;
  /** Settings of the demo shop that tests turn. */
  readonly demoSettings?: Partial<
    Pick<KioskSettings, 'vision' | 'idleSeconds' | 'openingHours' | 'surroundings'>
  >;
  /** Built pages, where they do not stand in `dist`. */
  readonly distDir?: string;
}

export interface RunningServer {
  /** Where it listens: `http://localhost:8080`. */
  readonly url: string;
  readonly context: ServerContext;
  /** The demo shop's PIN, and a fresh link that signs staff in; null on a server for real use. */
  readonly demo: (Demo & { readonly signInUrl: () => Promise<string> }) | null;
  readonly close: () => Promise<void>;
}

/** Opens the database, fills an empty one with the demo shop where asked to, and listens. Throws what the system says where it cannot. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { now, random, isDemo } = options;
  const db = await openDatabase(options);
  let url: string | null = null;
  const context: ServerContext = {
    db,
    // PostgreSQL writes several at once, and gathers their waits for the disk by itself.
    inTransaction: options.databaseUrl === null ? sharedCommit(db) : (work) => db.transaction().execute(work),
    now,
    clock: clockWatch(db, now),
    random,
    storage: storageWatch(db),
    live: liveHub((shopId) => todayOf({ db, now }, shopId)),
    isDemo,
    isTls: isTls(options),
    // A demo is wherever it listens; a shop's own address is in its settings.
    publicUrl: () => options.publicUrl ?? (isDemo ? url : null),
  };
  try {
    const demo = isDemo ? await seedDemo(context, options) : null;
    // Before the first tablet is told the time.
    await context.clock.check();
    const app = await buildApp(context, options);
    url = await listen(app, options);
    // Beside the requests: what has piled up may take its time, and nobody waits for it.
    const retention = scheduleRetention(context);
    const signInUrl = async (personId: PersonId) =>
      `${url}/staff#${await makeSignInToken(context, personId)}`;
    return {
      url,
      context,
      demo: demo === null ? null : { ...demo, signInUrl: () => signInUrl(demo.personId) },
      close: () => close(app, context, retention),
    };
  } catch (error) {
    context.live.close();
    await db.destroy();
    throw error;
  }
}

async function listen(app: FastifyInstance, { port, host, tls }: ServerOptions): Promise<string> {
  await app.listen({ port, host });
  const address = app.server.address();
  // Port 0 asks the system for any free one; this is the one it gave.
  const realPort = typeof address === 'object' && address !== null ? address.port : port;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${realPort}`;
}

async function close(
  app: FastifyInstance,
  { live, db }: ServerContext,
  retention: RetentionSchedule,
): Promise<void> {
  live.close();
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSING_MS);
  app.server.closeIdleConnections();
  await app.close();
  clearTimeout(cut);
  await retention.stop();
  await db.destroy();
}

function isTls({ tls, publicUrl }: Options): boolean {
  return tls !== null || publicUrl?.startsWith('https:') === true;
}
