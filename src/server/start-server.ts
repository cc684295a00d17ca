import { fileURLToPath } from 'node:url';
import type { VisionPreference } from '#protocol';
import type { Clock, RandomBytes } from '#values';
import { buildApp } from './build-app.ts';
import type { ServerContext } from './context.ts';
import { openDatabase } from './database/open.ts';
import { type Demo, seedDemo } from './demo/seed-demo.ts';
import type { Options } from './options.ts';
import { liveHub } from './staff/live-hub.ts';
import { makeSignInToken } from './staff/session.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface ServerOptions extends Options {
  readonly now: Clock;
  readonly random: RandomBytes;
  /** Settings of the demo shop that tests turn. */
  readonly demoSettings?: { readonly vision?: VisionPreference; readonly idleSeconds?: number };
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
  const db = await openDatabase(options);
  const { now, random, isDemo } = options;
  const context: ServerContext = { db, now, random, live: liveHub(), isDemo, isTls: isTls(options) };
  try {
    const app = await buildApp(context, projectDir, options.tls);
    await app.listen({ port: options.port, host: options.host });
    const address = app.server.address();
    // Port 0 asks the system for any free one; this is the one it gave.
    const port = typeof address === 'object' && address !== null ? address.port : options.port;
    const url = listeningAt(options, port);
    const demo = isDemo ? await seedDemo(context, options, options.publicUrl ?? url) : null;
    return {
      url,
      context,
      demo:
        demo === null
          ? null
          : { ...demo, signInUrl: async () => `${url}/staff#${await makeSignInToken(context, demo.personId)}` },
      close: async () => {
        context.live.close();
        app.server.closeAllConnections();
        await app.close();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function isTls({ tls, publicUrl }: Options): boolean {
  return tls !== null || publicUrl?.startsWith('https:') === true;
}

function listeningAt({ tls, host }: Options, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`;
}
