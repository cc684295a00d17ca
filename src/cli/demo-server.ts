import { randomBytes } from 'node:crypto';
import type { Instant } from '#values';
import { type RunningServer, startServer } from '../server/index.ts';

type Options = Parameters<typeof startServer>[0];

/** A demo server of a bench's own, on any free port of this machine. */
export async function startDemoServer(
  dataDir: string,
  more: Pick<Options, 'demoSettings' | 'distDir'> = {},
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
