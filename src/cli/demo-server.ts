import { randomBytes } from 'node:crypto';
import type { Instant } from '#values';
import { type RunningServer, startServer } from '../server/index.ts';

type Options = Parameters<typeof startServer>[0];

/** A demo server for benches and tests, on this machine alone; on any free port where none is named. */
export async function startDemoServer(
  dataDir: string,
  more: Partial<Pick<Options, 'port' | 'demoSettings' | 'distDir'>> = {},
): Promise<RunningServer> {
  return startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: true,
    now: () => Date.now() as Instant,
    random: (length) => new Uint8Array(randomBytes(length)),
    ...more,
  });
}
