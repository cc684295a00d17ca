import type { BrowserContext, BrowserContextOptions, Page } from 'playwright/test';
import type { RunningServer } from '../src/server/index.ts';
import { examinePage, SIZES } from './support/examine-page.ts';
import { test as base, demoServer, expect, ledgerOnTablet, shopOnServer } from './support/kiosk.ts';

interface StaffFixtures {
  /** A browser of somebody of the staff. */
  readonly openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  readonly openStaff: (url: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Fails where a page of staff breaks its own policy, throws, or loads what sees faces. */
const test = base.extend<StaffFixtures>({
  openBrowser: async ({ browser }, use) => {
    const complaints: string[] = [];
    const open: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ locale: 'en-IE', viewport: SIZES[0], ...options });
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      context.on('console', (message) => {
        // A refused or unreachable address is told by the browser itself, and is what some tests are about.
        const isNetwork = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('request', (request) => {
        if (/\/models\/|worker|wasm/.test(request.url())) complaints.push(`loaded ${request.url()}`);
      });
      open.push(context);
      return context;
    });
    for (const context of open) await context.close();
    expect(complaints).toEqual([]);
  },
  openStaff: async ({ openBrowser }, use) => {
    await use(async (url, options) => {
      const page = await (await openBrowser(options)).newPage();
      await page.goto(url);
      return page;
    });
  },
});

async function linkOf({ demo }: RunningServer): Promise<string> {
  if (demo === null) throw new Error('Not a demo server.');
  return demo.signInUrl();
}

const total = (page: Page, kind: 'counted' | 'declined' | 'left') => page.getByTestId(`total-${kind}`);
const liveBadge = (page: Page) => page.getByTestId('live');
const isInside = async (page: Page) => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today at Harbour Street');
  await expect(liveBadge(page)).toContainText('As of');
};

test('a link signs in once, and its token does not stay in the address bar', async ({
  server,
  openStaff,
}) => {
  const link = await linkOf(server);
  const page = await openStaff(link);
  await isInside(page);
  expect(page.url()).toBe(`${server.url}/staff`);
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  await page.reload();
  await isInside(page);

  // Somebody else finds the link.
  const other = await openStaff(link);
  await expect(other.getByRole('alert')).toHaveText(
    'This link was used, or it is too old. Please get a new link.',
  );
  expect(other.url()).toBe(`${server.url}/staff`);

  // A stale link takes nobody's session away, in a new page or in the one that is open.
  await page.goto('about:blank');
  await page.goto(link);
  await isInside(page);
  await page.evaluate(() => {
    location.hash = 'AAAAAAAAAAAAAAAAAAAAAA';
  });
  await expect.poll(() => page.url()).toBe(`${server.url}/staff`);
  await isInside(page);

  // A new link in the page that stands outside already.
  const fresh = new URL(await linkOf(server)).hash;
  await other.evaluate((hash) => {
    location.hash = hash;
  }, fresh);
  await isInside(other);
});

test('half a link is told to be half a link', async ({ server, openStaff }) => {
  const page = await openStaff((await linkOf(server)).slice(0, -5));
  await expect(page.getByRole('alert')).toHaveText('This link is not whole. Copy all of it and try again.');
});

test('a visit shows within a second, live, and so do a no and a walk away', async ({
  server,
  openKiosk,
  openStaff,
}) => {
  test.slow();
  const staff = await openStaff(await linkOf(server));
  await isInside(staff);
  await expect(total(staff, 'counted')).toHaveText('0');
  const loads: string[] = [];
  staff.on('framenavigated', (frame) => loads.push(frame.url()));

  const { page, tap, onStep, sayYes } = await openKiosk();
  await onStep('attract');
  await expect(staff.locator('[data-condition=well]')).toBeVisible();
  await sayYes();
  let countedAt = 0;
  await expect
    .poll(
      async () => {
        const entry = (await ledgerOnTablet(page)).find(
          ({ entry }) => entry.kind === 'contribution-recorded',
        );
        countedAt = entry === undefined ? 0 : Date.parse(entry.entry.time);
        return entry !== undefined;
      },
      { intervals: [20], timeout: 45_000 },
    )
    .toBe(true);
  await expect(total(staff, 'counted')).toHaveText('1');
  console.log(
    `a count was on the staff screen ${Date.now() - countedAt} ms after it was in the tablet's ledger`,
  );
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  await tap('done');

  await onStep('attract');
  await tap('start');
  await onStep('choose');
  await tap('decline');
  const declinedAt = Date.now();
  await expect(total(staff, 'declined')).toHaveText('1');
  console.log(`a no was on the staff screen ${Date.now() - declinedAt} ms after the tap`);
  expect(loads).toEqual([]);
  await examinePage(staff, 'staff-today');
});

test.describe('with short patience', () => {
  test.use({ serverSettings: { idleSeconds: 5 } });
  test('a visitor who walks away shows as left without answering', async ({
    server,
    openKiosk,
    openStaff,
  }) => {
    const staff = await openStaff(await linkOf(server));
    await isInside(staff);
    const { tap, onStep } = await openKiosk();
    await onStep('attract');
    await tap('start');
    await expect(total(staff, 'left')).toHaveText('1', { timeout: 20_000 });
  });
});

test('when the server goes away the numbers stay and are said to be old; when it is back they are live again', async ({
  server,
  dataDir,
  openKiosk,
  openStaff,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await kiosk.tap('start');
  await kiosk.tap('decline');
  const staff = await openStaff(await linkOf(server));
  await isInside(staff);
  await expect(total(staff, 'declined')).toHaveText('1');
  // Its picture is a file of its own, which must be there before the server goes.
  await expect(staff.locator('svg.recharts-surface').first()).toBeVisible();
  const port = Number(new URL(server.url).port);
  await server.close();
  await expect(liveBadge(staff)).toContainText('Not live. Trying again…');
  await expect(liveBadge(staff)).toContainText('We cannot reach the server. Check your network.');
  await expect(liveBadge(staff)).toContainText('Last update at');
  await expect(total(staff, 'declined')).toHaveText('1');
  await examinePage(staff, 'staff-not-live');

  const back = await demoServer(dataDir, port);
  await expect(liveBadge(staff)).toContainText('As of', { timeout: 60_000 });
  await expect(total(staff, 'declined')).toHaveText('1');

  // The session ends elsewhere: the page leads out by itself.
  await back.context.db.deleteFrom('session').execute();
  await back.close();
  const again = await demoServer(dataDir, port);
  await expect(staff.getByRole('alert')).toHaveText('Your sign-in has ended. Please use a new link.', {
    timeout: 60_000,
  });
  await again.close();
});

test('signing in while the server is away keeps the link for another try', async ({
  server,
  openBrowser,
}) => {
  const context = await openBrowser();
  const page = await context.newPage();
  const link = await linkOf(server);
  await context.route('**/api/session', (route) => route.abort());
  await page.goto(link);
  await expect(page.getByRole('alert')).toHaveText('We cannot reach the server. Check your network.');
  await examinePage(page, 'staff-unreachable');
  await context.unroute('**/api/session');
  await page.getByRole('button', { name: 'Try again' }).click();
  await isInside(page);
});

test('staff sign in, read and sign out by keyboard alone', async ({ server, openStaff }) => {
  const page = await openStaff(await linkOf(server));
  await isInside(page);
  const reach = async (name: string) => {
    const target = page.getByRole('button', { name });
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Nobody comes to "${name}" by keyboard.`);
  };
  await reach('简体中文');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Harbour Street · 今日');
  await reach('English');
  await page.keyboard.press('Enter');
  const summary = page.locator('summary');
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await summary.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Counted' })).toBeVisible();
  await reach('Sign out');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('You are signed out.');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in with a link');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('every way to stand outside says in both languages what to do', async ({ server, openStaff }) => {
  test.slow();
  const page = await openStaff(`${server.url}/staff`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in with a link');
  await examinePage(page, 'staff-sign-in');
  const used = await openStaff(`${server.url}/staff#AAAAAAAAAAAAAAAAAAAAAA`);
  await expect(used.getByRole('alert')).toBeVisible();
  await examinePage(used, 'staff-link-used');
});

test('a busy day with kiosks of every condition, and a second shop', async ({ server, openStaff }) => {
  test.slow();
  await fillDay(server);
  const page = await openStaff(await linkOf(server));
  await isInside(page);
  const { declined, left, released } = await shopOnServer(server);
  await expect(total(page, 'declined')).toHaveText(String(declined));
  await expect(total(page, 'left')).toHaveText(String(left));
  await expect(page.getByText(`${released.people} people so far`)).toBeVisible();
  await expect(page.getByText('Two tablets use the same key. Tell your privacy officer.')).toBeVisible();
  for (const condition of ['well', 'ailing', 'resting', 'silent', 'fork', 'revoked']) {
    await expect(page.locator(`[data-condition=${condition}]`)).toBeVisible();
  }
  await examinePage(page, 'staff-busy');
  await page.getByLabel('Shop').selectOption('North Gate');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today at North Gate');
  await expect(page.getByText('No kiosk is paired with this shop yet.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today at North Gate');
  await examinePage(page, 'staff-empty');
});

/** Writes a day into the server's database as kiosks would have left it there. */
async function fillDay({ context: { db, now, live } }: RunningServer): Promise<void> {
  const shop = await db.selectFrom('shop').selectAll().executeTakeFirstOrThrow();
  const facts = JSON.parse(shop.shop_json);
  const shop_json = JSON.stringify({ ...facts, id: 'north-gate', name: 'North Gate' });
  await db
    .insertInto('shop')
    .values({ ...shop, id: 'north-gate' as never, shop_json })
    .execute();
  const health = (state: string, problem: string | null, backend: string, reason: string, waiting: number) =>
    JSON.stringify({
      state,
      problem,
      version: '0.1.0',
      vision: { backend, reason, renderer: 'x', frameMs: { webgl: 390, wasm: 38 } },
      waiting,
      tallies: [],
    });
  const kiosks = [
    ['Front door', health('ready', null, 'webgl', 'webgl-faster', 0), {}],
    ['Side door', health('ready', 'camera-failing', 'wasm', 'wasm-faster', 3), {}],
    ['Back door', health('resting', 'storage-full', 'wasm', 'wasm-faster', 7), {}],
    ['Car park', health('ready', null, 'wasm', 'no-webgl', 41), { last_seen: now() - 47 * 60_000 }],
    ['Showroom', health('ready', null, 'webgl', 'chosen-by-setting', 1), { forked_at: now() }],
    ['Old tablet', null, { revoked_at: now(), last_seen: null }],
  ] as const;
  for (const [index, [name, health_json, more]] of kiosks.entries()) {
    await db
      .insertInto('kiosk')
      .values({
        id: `kiosk-${index}`.padEnd(22, 'x') as never,
        kid: `kid-${index}`,
        public_key_json: '{}',
        shop_id: shop.id,
        name,
        paired_at: now(),
        revoked_at: null,
        forked_at: null,
        head_seq: null,
        head_hash: null,
        last_seen: now(),
        health_json,
        ...(more as object),
      })
      .execute();
  }
  const { date } = await import('../src/server/staff/today.ts').then(({ todayOf }) =>
    todayOf({ db, now }, shop.id).then((today) => ({ date: today?.date ?? '' })),
  );
  const curve = [4, 9, 14, 22, 31, 27, 18, 24, 36, 29, 12];
  let receipts = 0;
  for (const [index, people] of curve.entries()) {
    const hour = `${date}T${String(index + 9).padStart(2, '0')}`;
    await db
      .insertInto('tally')
      .values({
        kiosk_id: 'kiosk-0'.padEnd(22, 'x') as never,
        hour,
        declined: Math.round(people / 3),
        left_unanswered: Math.round(people / 6),
        closed: 1,
      })
      .execute();
    for (let person = 0; person < people; person += 1) {
      receipts += 1;
      await db
        .insertInto('receipt')
        .values({
          id: `r${receipts}`.padEnd(22, 'x') as never,
          kiosk_id: 'kiosk-0'.padEnd(22, 'x') as never,
          shop_id: shop.id,
          seq: receipts,
          secret_hash: 'x' as never,
          hour,
          withdrawn_at: null,
          withdrawn_place: null,
          withdrawn_in_ledger: 0,
        })
        .execute();
    }
  }
  const cells = {
    'under-25/female': 14,
    'under-25/male': 11,
    '25-39/female': 38,
    '25-39/male': 42,
    '40-59/female': 29,
    '40-59/male': 33,
    '60-plus/female': 12,
    '60-plus/male': 9,
    'not-sure/not-sure': 7,
  };
  for (const [cell, people] of Object.entries(cells)) {
    await db.insertInto('released_cell').values({ shop_id: shop.id, cell, people }).execute();
  }
  live.changed(shop.id);
}
