import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, chromium, expect, type Page } from 'playwright/test';
import { startDemoServer } from '../../src/cli/demo-server.ts';
import type { RunningServer } from '../../src/server/index.ts';
import { chromiumArgs, findBrowser } from '../browser.ts';
import { type CameraFeed, cameraFeedFile } from './camera-feeds.ts';

const LANDSCAPE = { width: 1280, height: 800 } as const;

type Step =
  | 'attract'
  | 'notice'
  | 'choose'
  | 'guardian'
  | 'recording'
  | 'looking'
  | 'result'
  | 'receipt'
  | 'declined'
  | 'resting';

/** A tablet in the shop: a browser with a profile of its own, whose camera shows a feed. */
export interface Kiosk {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly onStep: (step: Step) => Promise<void>;
  readonly tap: (action: string) => Promise<void>;
  /** From attract to the start of the look. */
  readonly sayYes: (choice?: { readonly demographics?: boolean }) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Pulls the plug: every process of the browser dies at once. The profile stays. */
  readonly pullPlug: () => Promise<void>;
  readonly profile: string;
}

interface KioskOptions {
  readonly feed?: CameraFeed;
  readonly profile?: string;
  readonly url?: string;
  /** The browser's own language, as BCP 47. */
  readonly locale?: string;
  /** Runs in the page before anything of ours. */
  readonly beforePage?: () => void;
  /** Runs before the page is asked for, as for a network that is not there. */
  readonly beforeLoad?: (context: BrowserContext) => Promise<unknown>;
}

type ServerSettings = NonNullable<NonNullable<Parameters<typeof startDemoServer>[1]>['demoSettings']>;

interface Fixtures {
  readonly serverSettings: ServerSettings;
  readonly dataDir: string;
  readonly server: RunningServer;
  readonly openKiosk: (options?: KioskOptions) => Promise<Kiosk>;
}

/** Every test has a server, a database and tablets of its own. */
export const test = base.extend<Fixtures>({
  serverSettings: [{}, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern
  dataDir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'askfirst-e2e-'));
    await use(dir);
    await rm(dir, { recursive: true, force: true });
  },
  server: async ({ dataDir, serverSettings }, use) => {
    const server = await demoServer(dataDir, 0, serverSettings);
    await use(server);
    // A test about restarts may have closed it already.
    await server.close().catch(() => undefined);
  },
  openKiosk: async ({ server, dataDir }, use) => {
    const open: Kiosk[] = [];
    await use(async (options = {}) => {
      const profile = options.profile ?? join(dataDir, `tablet-${open.length}`);
      const kiosk = await launchKiosk(profile, options.url ?? server.url, options);
      open.push(kiosk);
      return kiosk;
    });
    await Promise.all(open.map((kiosk) => kiosk.close()));
  },
});
export { expect };

/** A demo server on a data folder. Starting a second one on the same folder and port is a restart. */
export async function demoServer(
  dataDir: string,
  port: number,
  demoSettings: ServerSettings = {},
): Promise<RunningServer> {
  return startDemoServer(join(dataDir, 'server'), {
    port,
    // Which backend is faster is timed only where a test is about that: software WebGL compiles for seconds.
    demoSettings: { vision: 'wasm', ...demoSettings },
  });
}

async function launchKiosk(profile: string, url: string, options: KioskOptions): Promise<Kiosk> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.ASKFIRST_CHROMIUM ?? findBrowser() ?? 'chromium',
    args: chromiumArgs({ cameraFeed: await cameraFeedFile(options.feed ?? 'one-adult') }),
    viewport: LANDSCAPE,
    reducedMotion: 'reduce',
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  if (options.beforePage !== undefined) await context.addInitScript(options.beforePage);
  await options.beforeLoad?.(context);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${url}/`);
  const onStep = async (step: Step) => {
    // The attract screen is there before the program that it belongs to, which first closes what a power cut left open.
    const shown = step === 'attract' ? `html[data-idle=true] [data-step=${step}]` : `[data-step=${step}]`;
    // Software WebGL on a busy machine takes longest, by far.
    await expect(page.locator(shown)).toBeVisible({ timeout: 80_000 });
  };
  const tap = (action: string) => page.locator(`[data-action=${action}]`).first().click();
  return {
    page,
    context,
    profile,
    onStep,
    tap,
    sayYes: async ({ demographics = false } = {}) => {
      await onStep('attract');
      await tap('start');
      await onStep('choose');
      if (demographics) await tap('demographics');
      await tap('agree');
      await onStep('guardian');
      await tap('older');
    },
    close: () => context.close().catch(() => undefined),
    pullPlug: async () => {
      spawnSync('pkill', ['-KILL', '-f', `user-data-dir=${profile}`]);
      await context.close().catch(() => undefined);
    },
  };
}

/** An entry with its body, as the tablet stores it. */
export interface StoredEntry {
  readonly seq: number;
  readonly entry: { readonly seq: number; readonly kind: string; readonly time: string };
  readonly body: Record<string, unknown>;
}

/** The ledger as it stands in the tablet's own storage. */
export async function ledgerOnTablet(page: Page): Promise<StoredEntry[]> {
  return page.evaluate(
    () =>
      new Promise<StoredEntry[]>((resolve, reject) => {
        const opening = indexedDB.open('askfirst');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction('entries').objectStore('entries').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result as StoredEntry[]);
          };
        };
      }),
  );
}

export async function kindsOnTablet(page: Page): Promise<string[]> {
  return (await ledgerOnTablet(page)).map(({ entry }) => entry.kind);
}

/** The ledgers that the server holds, all kiosks' together, in order. */
export async function kindsOnServer({ context }: RunningServer): Promise<string[]> {
  const rows = await context.db
    .selectFrom('entry')
    .select('kind')
    .orderBy('kiosk_id')
    .orderBy('seq')
    .execute();
  return rows.map((row) => row.kind);
}

/** The first and the last hour of all that a shop can count in. */
const ALL_HOURS = ['0000-01-01T00', '9999-12-31T23'] as const;

/**
 * The demo shop as staff see it, with its people of all hours together: who was counted before midnight is there after it too.
 */
export async function shopOnServer({ context }: RunningServer) {
  const { todayOf } = await import('../../src/server/staff/today.ts');
  const { countedByHour } = await import('../../src/server/staff/counted-by-hour.ts');
  const shopId = 'harbour-street' as never;
  const today = await todayOf(context, shopId);
  if (today === null) throw new Error('The demo shop is gone.');
  const counted = await countedByHour(context.db, shopId, ...ALL_HOURS);
  const tallies = await context.db
    .selectFrom('tally')
    .innerJoin('kiosk', 'kiosk.id', 'tally.kiosk_id')
    .select(['declined', 'left_unanswered'])
    .where('kiosk.shop_id', '=', shopId)
    .execute();
  const sum = (people: Iterable<number>) => [...people].reduce((total, some) => total + Number(some), 0);
  return {
    counted: sum(counted.values()),
    declined: sum(tallies.map(({ declined }) => declined)),
    left: sum(tallies.map(({ left_unanswered }) => left_unanswered)),
    kiosks: today.kiosks,
    released: today.released,
  };
}
