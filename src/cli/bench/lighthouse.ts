import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import type { Instant } from '#values';
import { findBrowser } from '../../../e2e/browser.ts';
import { startServer } from '../../server/index.ts';
import type { Bench, Figure } from '../bench.ts';
import { installAside } from './faces/install-aside.ts';
import { buildAside } from './parts/build-aside.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const FULL = 100;

/** What we read of Lighthouse, which is only there while a bench runs. */
interface Lighthouse {
  readonly default: (
    url: string,
    flags: { readonly port: number; readonly onlyCategories: readonly string[]; readonly logLevel: 'error' },
    config?: unknown,
  ) => Promise<{ readonly lhr: Result } | undefined>;
  readonly desktopConfig: unknown;
}

interface Result {
  readonly categories: Readonly<
    Record<string, { readonly score: number | null; readonly auditRefs: readonly Part[] }>
  >;
  readonly audits: Readonly<
    Record<string, { readonly title: string; readonly score: number | null; readonly displayValue?: string }>
  >;
}

interface Part {
  readonly id: string;
  readonly weight: number;
}

/** Lighthouse's scores of the attract page, as a new tablet loads it. What costs a point goes to the error output. */
export const bench: Bench = async function* () {
  await buildAside();
  const modules = await installAside([LIGHTHOUSE]);
  const lighthouse = (await import(
    pathToFileURL(join(modules, 'lighthouse/core/index.js')).href
  )) as Lighthouse;
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-lighthouse-'));
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: true,
    now: () => Date.now() as Instant,
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  try {
    yield* scoresOf('desktop', `${server.url}/`, lighthouse, lighthouse.desktopConfig);
    yield* scoresOf('phone', `${server.url}/`, lighthouse);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Each device has a browser of its own, whose profile is empty. */
async function* scoresOf(
  device: string,
  url: string,
  lighthouse: Lighthouse,
  config?: unknown,
): AsyncGenerator<Figure> {
  const port = await freePort();
  const executablePath = process.env.ASKFIRST_CHROMIUM ?? findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [`--remote-debugging-port=${port}`],
  });
  try {
    const flags = { port, onlyCategories: CATEGORIES, logLevel: 'error' } as const;
    const ran = await lighthouse.default(url, flags, config);
    if (ran === undefined) throw new Error('Lighthouse gave no result.');
    for (const name of CATEGORIES) {
      const category = ran.lhr.categories[name];
      const score = Math.round((category?.score ?? Number.NaN) * FULL);
      yield {
        name: `lighthouse.${device}.${name}`,
        value: score,
        unit: 'points',
        against: 'full score',
        ratio: score / FULL,
      };
      for (const { id, weight } of category?.auditRefs ?? []) {
        const audit = ran.lhr.audits[id];
        if (weight > 0 && audit?.score != null && audit.score < 1)
          console.error(`${device}, ${name}: ${audit.title}: ${audit.displayValue ?? 'failed'}`);
      }
    }
  } finally {
    await browser.close();
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
