import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../../../e2e/browser.ts';
import type { Bench, Figure } from '../bench.ts';
import { startDemoServer } from '../demo-server.ts';
import { installAside } from './faces/install-aside.ts';
import { buildAside } from './parts/build-aside.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const FULL = 100;

/** What we read of Lighthouse, which is only there while a bench runs. */
interface Lighthouse {
  readonly default: (
    url: string,
    flags: {
      readonly port: number;
      readonly onlyCategories: readonly string[];
      readonly logLevel: 'error';
      readonly disableStorageReset: boolean;
    },
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

/** What a link looks like whose receipt has not come yet. */
const NOBODYS_LINK = '/r/AAAAAAAAAAAAAAAAAAAAAA#BBBBBBBBBBBBBBBBBBBBBB';

/**
 * Lighthouse's scores of the attract page, as a new tablet loads it and as it does every day, and of the receipt's page on a phone. What costs a
 * point goes to the error output.
 */
export const bench: Bench = async function* () {
  await buildAside();
  const modules = await installAside([LIGHTHOUSE]);
  const lighthouse = (await import(
    pathToFileURL(join(modules, 'lighthouse/core/index.js')).href
  )) as Lighthouse;
  const folder = await mkdtemp(join(tmpdir(), 'askfirst-lighthouse-'));
  const server = await startDemoServer(folder);
  const port = await freePort();
  const executablePath = process.env.ASKFIRST_CHROMIUM ?? findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [`--remote-debugging-port=${port}`],
  });
  const scores = async (page: string, path: string, isPhone: boolean, keepsStorage: boolean) => {
    const flags = {
      port,
      onlyCategories: CATEGORIES,
      logLevel: 'error',
      disableStorageReset: keepsStorage,
    } as const;
    const config = isPhone ? undefined : lighthouse.desktopConfig;
    const ran = await lighthouse.default(`${server.url}${path}`, flags, config);
    if (ran === undefined) throw new Error('Lighthouse gave no result.');
    return CATEGORIES.map((category) => scoreOf(ran.lhr, page, category));
  };
  try {
    yield* await scores('attract-new-tablet', '/', false, false);
    yield* await scores('attract', '/', false, true);
    yield* await scores('receipt-on-a-phone', NOBODYS_LINK, true, false);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

function scoreOf({ categories, audits }: Result, page: string, name: string): Figure {
  const category = categories[name];
  for (const { id, weight } of category?.auditRefs ?? []) {
    const audit = audits[id];
    if (weight > 0 && audit?.score != null && audit.score < 1)
      console.error(`${page}, ${name}: ${audit.title}: ${audit.displayValue ?? 'failed'}`);
  }
  const score = Math.round((category?.score ?? Number.NaN) * FULL);
  return {
    name: `lighthouse.${page}.${name}`,
    value: score,
    unit: 'points',
    against: 'full score',
    ratio: score / FULL,
  };
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
