import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, type Instant, instant, type RandomBytes } from '#values';
import { type RunningServer, type ServerOptions, startServer } from '../start-server.ts';

export const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));
export const now: Clock = () => instant(Date.now());

/** A clock that tests turn. */
export function turnableClock(start: Instant = now()): { now: Clock; turn: (milliseconds: number) => void } {
  let time: number = start;
  return {
    now: () => instant(time),
    turn: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** A folder that is gone after the test. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'askfirst-server-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A real server on a free port and, unless told otherwise, a data folder of its own; closed after the test. */
export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({
    port: 0,
    host: 'localhost',
    dataDir: options.dataDir ?? (await temporaryDir()),
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: true,
    now,
    random,
    distDir: join(import.meta.dirname, 'fixture-dist'),
    ...options,
  });
  onTestFinished(async () => {
    await server.close();
  });
  return server;
}
