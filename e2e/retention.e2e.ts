import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { type EntryBodies, type EntryKind, type Head, sealEntry } from '../src/ledger/index.ts';
import type { StaffRole } from '../src/protocol/index.ts';
import { makeSignInToken, putPerson, putShop, type RunningServer, startServer } from '../src/server/index.ts';
import { quayShop } from '../src/server/testing/quay-shop.ts';
import {
  type ControllerId,
  DAY_MS,
  type Instant,
  instant,
  instantFromIso,
  type KioskId,
  type LookId,
  type ReceiptId,
  randomId,
  type ShopId,
} from '../src/values/index.ts';
import { examinePage, SIZES } from './support/examine-page.ts';
import { test as base, expect, ledgerOnTablet, shopOnServer } from './support/kiosk.ts';

const CONTROLLER = 'harbour-street-motors' as ControllerId;
const SHOP = 'harbour-street' as ShopId;
const random = (length: number) => new Uint8Array(randomBytes(length));

interface Clock {
  readonly now: () => Instant;
  readonly turn: (milliseconds: number) => void;
}

interface RetentionFixtures {
  readonly clock: Clock;
  /** A server on the data folder of the test: the second is a restart of the first. */
  readonly startAgain: () => Promise<RunningServer>;
  readonly openAs: (server: RunningServer, role: StaffRole, controllerId?: ControllerId) => Promise<Page>;
}

/** A server whose clock the test turns. Fails where the page breaks its own policy or throws. */
const test = base.extend<RetentionFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern
  clock: async ({}, use) => {
    let ahead = 0;
    await use({
      now: () => instant(Date.now() + ahead),
      turn: (milliseconds) => {
        ahead += milliseconds;
      },
    });
  },
  startAgain: async ({ dataDir, clock }, use) => {
    const started: RunningServer[] = [];
    await use(async () => {
      const server = await startServer({
        port: started[0] === undefined ? 0 : Number(new URL(started[0].url).port),
        host: '127.0.0.1',
        dataDir: join(dataDir, 'server'),
        databaseUrl: null,
        publicUrl: null,
        tls: null,
        isDemo: true,
        now: clock.now,
        random,
      });
      started.push(server);
      return server;
    });
    for (const server of started) await server.close().catch(() => undefined);
  },
  server: async ({ startAgain }, use) => use(await startAgain()),
  openAs: async ({ browser }, use) => {
    const complaints: string[] = [];
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (server, role, controllerId = CONTROLLER) => {
      const context = await browser.newContext({ locale: 'en-IE', viewport: SIZES[0] });
      contexts.push(context);
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      context.on('console', (message) => {
        const isNetwork = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      const personId = await putPerson(server.context, { name: `The ${role}`, role, controllerId });
      const page = await context.newPage();
      await page.goto(`${server.url}/staff#${await makeSignInToken(server.context, personId)}`);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

const openRetention = async (page: Page) => {
  await page.getByRole('button', { name: 'Retention' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What we keep, and how long');
  await expect(page.getByTestId('last-run')).toBeVisible();
};

test('an officer sees what is set, what is due next, what was done and where the proof ends', async ({
  server,
  startAgain,
  clock,
  openAs,
}) => {
  test.slow();
  const fresh = await openAs(server, 'officer');
  await openRetention(fresh);
  await expect(fresh.getByText('Nothing is due yet.')).toHaveCount(2);
  await examinePage(fresh, 'officer-retention-fresh');
  // This server's own first run finds nothing: what is filled in now is for the next one.
  const lastRun = () =>
    server.context.db
      .selectFrom('retention')
      .select('last_run_at')
      .where('controller_id', '=', CONTROLLER)
      .executeTakeFirst();
  await expect.poll(async () => (await lastRun())?.last_run_at ?? null, { timeout: 30_000 }).not.toBeNull();

  const people = [31, 44, 52, 38, 29, 61, 12, 47, 33, 25, 18];
  // Three years and a day ago, one month ago, and this week.
  const day = (daysAgo: number) => instant(clock.now() - daysAgo * DAY_MS);
  const days = [1097, 1096, 30, 29, 28, 27, 26, 25, 24, 23, 20];
  await fillDays(
    server,
    days.map((daysAgo, index) => ({ at: day(daysAgo), people: people[index] ?? 0 })),
  );
  clock.turn(2 * DAY_MS);
  await server.close();
  const again = await startAgain();
  const page = await openAs(again, 'administrator');
  await expect
    .poll(
      async () => (await again.context.db.selectFrom('retention_entry').select('hash').execute()).length,
      {
        timeout: 45_000,
      },
    )
    .toBe(1);
  await openRetention(page);
  await expect(page.getByTestId('done-linksCut')).toHaveText('194');
  await expect(page.getByTestId('done-receiptsDeleted')).toHaveText('75');
  const { hash } = await again.context.db
    .selectFrom('retention_entry')
    .select('hash')
    .executeTakeFirstOrThrow();
  await expect(page.getByText(hash)).toBeVisible();
  await expect(page.getByTestId('chain-whole')).toBeVisible();
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download this ledger' }).click();
  expect((await started).suggestedFilename()).toMatch(
    /^askfirst-retention-harbour-street-motors-[\d-]+\.jsonl$/,
  );
  const links = page.getByRole('table', { name: 'Links to cut' });
  await expect(links.getByRole('row')).toHaveCount(7);
  await examinePage(page, 'officer-retention-busy');

  // An open page learns of trouble, keeps what it has, and says so.
  await again.close();
  await page.clock.install();
  await page.getByRole('button', { name: 'Today' }).click();
  await page.getByRole('button', { name: 'Retention' }).click();
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server.');
});

test('staff of a shop see no such page, and another controller sees only its own', async ({
  server,
  openAs,
}) => {
  const staff = await openAs(server, 'staff');
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Today at Harbour Street');
  await expect(staff.getByRole('button', { name: 'Retention' })).toHaveCount(0);
  await putShop(server.context, quayShop);
  const other = await openAs(server, 'officer', quayShop.controller.id);
  await openRetention(other);
  await expect(other.getByText('Quay Cars Ltd chose these times.')).toBeVisible();
  await expect(other.getByRole('heading', { name: 'After 14 days' })).toBeVisible();
});

test('a visit becomes anonymous on the tablet and on the server, and stays counted', async ({
  server,
  clock,
  openKiosk,
}) => {
  test.slow();
  const { page, onStep, sayYes, tap } = await openKiosk();
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  await tap('done');
  await onStep('attract');
  const counted = () =>
    server.context.db.selectFrom('receipt').select('id').where('hour', 'is not', null).execute();
  await expect.poll(async () => (await counted()).length, { timeout: 20_000 }).toBe(1);
  expect((await shopOnServer(server)).counted).toBe(1);

  clock.turn(31 * DAY_MS);
  // The tablet learns the time with its next question; the kiosk is idle again after a no.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect
    .poll(async () => (await ledgerOnTablet(page)).some(({ entry }) => entry.kind === 'clock-changed'), {
      timeout: 30_000,
    })
    .toBe(true);
  await tap('start');
  await onStep('choose');
  await tap('decline');
  await onStep('attract');
  await expect
    .poll(async () => (await ledgerOnTablet(page)).find(({ entry }) => entry.kind === 'retention-run')?.body)
    .toMatchObject({ linksCut: 1 });
  await expect
    .poll(async () => {
      const rows = await server.context.db.selectFrom('entry').select('kind').execute();
      return rows.some(({ kind }) => kind === 'retention-run');
    })
    .toBe(true);
});

interface Day {
  readonly at: Instant;
  readonly people: number;
}

/** Writes days into the server's database as a kiosk would have left them there. */
async function fillDays({ context: { db } }: RunningServer, days: readonly Day[]): Promise<void> {
  const kioskId = randomId<KioskId>(random);
  await db
    .insertInto('kiosk')
    .values({
      id: kioskId,
      kid: 'kid',
      public_key_json: '{}',
      shop_id: SHOP,
      name: 'Front door',
      paired_at: days[0]?.at ?? instant(0),
      revoked_at: null,
      forked_at: null,
      head_seq: null,
      head_hash: null,
      // Who brought these days was there on the last of them: a server that knows of nobody for years doubts its clock.
      last_seen: days.at(-1)?.at ?? null,
      health_json: null,
    })
    .execute();
  let head: Head | null = null;
  for (const { at, people } of days) {
    const append = async <Kind extends EntryKind>(kind: Kind, body: EntryBodies[Kind]): Promise<number> => {
      const sealed = sealEntry(head, kind, body, at, random);
      const time = instantFromIso(sealed.record.entry.time) ?? at;
      await db
        .insertInto('entry')
        .values({
          kiosk_id: kioskId,
          seq: sealed.head.seq,
          hash: sealed.head.hash,
          kind,
          record_json: JSON.stringify(sealed.record),
          written_at: time,
          received_at: time,
        })
        .execute();
      head = sealed.head;
      return sealed.head.seq;
    };
    for (let person = 0; person < people; person += 1) {
      const [receiptId, lookId] = [randomId<ReceiptId>(random), randomId<LookId>(random)];
      const secretHash = 'a'.repeat(64) as never;
      const seq = await append('receipt-issued', {
        receiptId,
        purposes: ['count'],
        receipt: 'x.y.z',
        secretHash,
      });
      const look = { lookId, receiptIds: [receiptId] };
      await append('look-opened', look);
      await append('look-closed', { ...look, ending: 'counted', openMs: 1, framesSeen: 1, framesRefused: 0 });
      await append('contribution-recorded', { lookId, receiptId, headcount: 1 });
      await db
        .insertInto('receipt')
        .values({
          id: receiptId,
          kiosk_id: kioskId,
          shop_id: SHOP,
          seq,
          secret_hash: secretHash,
          issued_at: at,
          hour: `${new Date(at).toISOString().slice(0, 'YYYY-MM-DDTHH'.length)}`,
          withdrawn_in_ledger: 0,
        })
        .execute();
    }
  }
}
