import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { checkLedger, kioskFacts, portableChecking, writeExport } from '../src/inspection/index.ts';
import { contentOf, LedgerMaker, makeKeys } from '../src/inspection/testing/index.ts';
import type { RunningServer } from '../src/server/index.ts';
import { makeSignInToken, putPerson } from '../src/server/index.ts';
import { TestKiosk } from '../src/server/testing/test-kiosk.ts';
import { HOUR_MS, instant, type LookId } from '../src/values/index.ts';
import { examinePage, SIZES } from './support/examine-page.ts';
import { test as base, expect, type Kiosk, kindsOnServer, ledgerOnTablet } from './support/kiosk.ts';
import { linkInQrCode } from './support/qr-code.ts';

const CONTROLLER = 'harbour-street-motors' as never;

interface OfficerFixtures {
  /** The staff screen of somebody with a role, signed in. */
  readonly openAs: (role: 'staff' | 'officer' | 'administrator') => Promise<Page>;
}

/** Fails where the officer's pages break their own policy or throw. */
const test = base.extend<OfficerFixtures>({
  openAs: async ({ browser, server }, use) => {
    const complaints: string[] = [];
    const context = await browser.newContext({
      locale: 'en-IE',
      // The days that an inspection offers at first are those of the officer's own clock.
      timezoneId: 'Europe/Dublin',
      viewport: SIZES[0],
      acceptDownloads: true,
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    context.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    await use(async (role) => {
      const personId = await putPerson(server.context, { name: `A ${role}`, role, controllerId: CONTROLLER });
      await context.clearCookies();
      const page = await context.newPage();
      await page.goto(`${server.url}/staff#${await makeSignInToken(server.context, personId)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today at Harbour Street');
      return page;
    });
    await context.close();
    expect(complaints).toEqual([]);
  },
});

const nav = (page: Page, section: string) => page.locator(`[data-action=section-${section}]`);
const answer = (page: Page, question: string) => page.locator(`[data-question=${question}]`);
const findings = (page: Page) => page.getByTestId('findings');
const outcome = (page: Page) => page.getByTestId('check-outcome');

async function inspect(page: Page): Promise<void> {
  await nav(page, 'inspection').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Self-inspection of Harbour Street');
}

/** One visit that ends in a count. */
async function visitYes(kiosk: Kiosk): Promise<void> {
  await kiosk.sayYes();
  await kiosk.onStep('result');
  await kiosk.tap('keep');
  await kiosk.onStep('receipt');
  await kiosk.tap('done');
  await kiosk.onStep('attract');
}

async function checkOnCommandLine(file: string): Promise<{ status: number | null; stdout: string }> {
  const { status, stdout } = spawnSync(process.execPath, ['src/cli/check-ledger.ts', file], {
    encoding: 'utf8',
  });
  return { status, stdout };
}

async function exportOf(page: Page, dataDir: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-action=export]').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^askfirst-harbour-street-\d{4}-\d\d-\d\d\.jsonl$/);
  const file = join(dataDir, 'export.jsonl');
  await download.saveAs(file);
  return file;
}

/** Drops a file on the page as a hand would, and gives the requests that followed. */
async function dropFile(page: Page, file: string, name: string): Promise<readonly string[]> {
  const sent: string[] = [];
  const listen = (request: { method: () => string; url: () => string; postData: () => string | null }) =>
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  page.on('request', listen);
  const text = await readFile(file, 'utf8');
  const transfer = await page.evaluateHandle(
    ([content, fileName]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName));
      return data;
    },
    [text, name] as const,
  );
  await page.locator('.check-drop').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(outcome(page)).toContainText(name);
  page.off('request', listen);
  return sent;
}

/** Each fact that the command line prints of each kiosk, and what the ledger leaves open. */
async function tellsEveryFact(page: Page, file: string): Promise<void> {
  const checked = await checkLedger([await readFile(file)], portableChecking);
  if (!checked.ok) throw new Error(checked.reason);
  const cards = await page.getByTestId('check-kiosk').all();
  expect(cards).toHaveLength(checked.report.kiosks.length);
  for (const [index, kiosk] of checked.report.kiosks.entries()) {
    const told = (mark: string) =>
      cards[index]
        ?.locator(`[data-${mark}]`)
        .evaluateAll((elements, name) => elements.map((one) => one.getAttribute(`data-${name}`)), mark);
    expect((await told('figure'))?.sort()).toEqual(
      kioskFacts(kiosk)
        .map(({ name }) => String(name))
        .sort(),
    );
    expect(await told('gap')).toEqual(kiosk.gaps);
  }
}

test('an administrator shuts a stolen tablet out, and lets a new one in', async ({
  server,
  openKiosk,
  openAs,
}) => {
  const stolen = await openKiosk();
  await stolen.onStep('attract');
  const page = await openAs('administrator');
  await nav(page, 'kiosks').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kiosks of Harbour Street');
  const row = page.locator('.kiosk-row');
  await expect(row).toHaveCount(1);
  await row.locator('[data-action=shut-out]').click();
  await page.locator('[data-action=make-code]').click();
  const code = page.locator('.let-in-answer code');
  await expect(code).toHaveText(/^[A-Z2-9]{10}$/);
  await examinePage(page, 'staff-kiosks');
  await row.locator('[data-action=keep-shut-out]').click();
  await expect(row).not.toHaveAttribute('data-condition', 'revoked');
  await row.locator('[data-action=shut-out]').click();
  await row.locator('[data-action=shut-out-for-good]').click();
  await expect(page.locator('.kiosks-said')).toHaveText('Kiosk 1 is shut out.');
  await expect(row).toHaveAttribute('data-condition', 'revoked');
  await expect(row.locator('button')).toHaveCount(0);
  // It hears of it with the next thing that it sends.
  await stolen.page.locator('[data-action=start]').click();
  await stolen.tap('decline');
  await stolen.onStep('resting');
  const paired = await TestKiosk.paired(server.url, undefined, (await code.textContent()) ?? '');
  // The page asks anew every ten seconds.
  await expect(row).toHaveCount(2, { timeout: 20_000 });
  await expect(row.first()).toHaveAttribute('data-kiosk', paired.paired?.kioskId ?? '');
});

test('an administrator lets somebody in by a code that a phone reads, and removes them', async ({
  browser,
  server,
  openAs,
}) => {
  const page = await openAs('administrator');
  await nav(page, 'people').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('People');
  const rows = page.locator('.person-row');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('Name').fill('Aoife');
  await page.getByLabel(/^Privacy officer/).check();
  await page.locator('[data-action=let-person-in]').click();
  await expect(rows).toHaveCount(3);
  const link = (await page.locator('.sign-in-link code').textContent()) ?? '';
  expect(link).toMatch(new RegExp(`^${server.url}/staff#[\\w-]{22}$`));
  expect(await linkInQrCode(page)).toBe(link);
  await expect(page.locator('.sign-in-link')).toContainText('Let Aoife scan the code');
  const row = rows.filter({ hasText: 'Aoife' });
  await row.locator('[data-action=remove-person]').click();
  await examinePage(page, 'staff-people');
  const phone = await (await browser.newContext({ locale: 'en-IE' })).newPage();
  await phone.goto(link);
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Today at Harbour Street');
  await expect(nav(phone, 'retention')).toBeVisible();
  await expect(nav(phone, 'people')).toHaveCount(0);
  await row.locator('[data-action=remove-person-for-good]').click();
  await expect(page.locator('.people-said')).toHaveText('Aoife can do nothing here any more.');
  await expect(rows).toHaveCount(2);
  await phone.reload();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Sign in with a link');
  await phone.context().close();
});

test('an officer inspects real visits, hands out their ledgers, and checks the file on the device', async ({
  server,
  dataDir,
  openKiosk,
  openAs,
}) => {
  test.slow();
  // A yes, a no, and a yes that is taken back at once.
  const kiosk = await openKiosk();
  await visitYes(kiosk);
  await kiosk.tap('start');
  await kiosk.onStep('choose');
  await kiosk.tap('decline');
  await kiosk.onStep('attract');
  await kiosk.sayYes({ demographics: true });
  await kiosk.onStep('result');
  await kiosk.tap('delete');
  await expect
    .poll(
      async () => (await kindsOnServer(server)).filter((kind) => kind === 'contribution-withdrawn').length,
    )
    .toBe(1);
  const cameraMs = (await ledgerOnTablet(kiosk.page))
    .filter(({ entry }) => entry.kind === 'look-closed')
    .reduce((sum, { body }) => sum + Number(body.openMs), 0);
  await kiosk.close();
  // Two people for one yes: that look counts nobody.
  const crowded = await openKiosk({ feed: 'two-people' });
  await crowded.sayYes();
  await expect
    .poll(
      async () =>
        (await server.context.db.selectFrom('look').select('ending').execute()).map(({ ending }) => ending),
      { timeout: 45_000 },
    )
    .toContain('too-many-people');
  await crowded.close();

  const page = await openAs('officer');
  await inspect(page);
  await expect(findings(page)).toHaveAttribute('data-verdict', 'kept');
  await expect(answer(page, 'consent')).toHaveAttribute('data-verdict', 'kept');
  await expect(answer(page, 'consent')).toContainText('3 of 3');
  for (const question of ['told', 'networks', 'withdrawal', 'children', 'records']) {
    await expect(answer(page, question)).toHaveAttribute('data-verdict', 'kept');
  }
  await expect(answer(page, 'upload')).toHaveAttribute('data-verdict', 'designed');
  await expect(answer(page, 'signs')).toHaveAttribute('data-verdict', 'yours');
  const accuracy = answer(page, 'networks').getByRole('link', { name: 'How often it is wrong' });
  const address = new URL((await accuracy.getAttribute('href')) ?? '', page.url());
  const shown = await page.request.get(address.href);
  expect(await shown.text()).toContain('Near and far');
  await expect(page.locator('.pictures')).toContainText('More people than yeses');
  await expect(page.locator('.pictures')).toContainText('On the kiosk');
  const english = page.locator('.notice-fold').filter({ hasText: 'English, version 1' });
  await expect(english.locator('.notice-text')).toBeHidden();
  await english.locator('summary').click();
  await expect(english.getByText('Do you keep my picture?')).toBeVisible();
  await examinePage(page, 'officer-inspection');
  await looksGoodOnPaper(page, 'inspection');

  const file = await exportOf(page, dataDir);
  const onCommandLine = await checkOnCommandLine(file);
  expect(onCommandLine.status).toBe(0);
  const [, seconds = ''] = [...onCommandLine.stdout.matchAll(/camera open: ([\d.]+) seconds/g)].at(-1) ?? [];
  expect(Number(seconds) * 1_000).toBeGreaterThan(cameraMs);

  await nav(page, 'check').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check a file of ledgers');
  await examinePage(page, 'officer-check-empty');
  // The worker's own script is loaded once, and nothing else is asked of anybody.
  const asked = await dropFile(page, file, 'good.jsonl');
  expect(
    asked.every((request) => /^GET \S+\/assets\/check-file\.worker-[\w-]+\.js $/.test(request)),
    asked.join('\n'),
  ).toBe(true);
  await expect(outcome(page)).toHaveAttribute('data-verdict', 'kept');
  const total = page.getByTestId('check-total');
  await expect(total.locator('[data-figure=seconds] dd')).toHaveText(`${seconds} s`);
  await expect(total.locator('[data-figure=looks] dd')).toHaveText('3');
  await expect(total.locator('[data-figure=withdrawn] dd')).toHaveText('1');
  await tellsEveryFact(page, file);
  await examinePage(page, 'officer-check-good');

  const text = await readFile(file, 'utf8');
  const changed = join(dataDir, 'changed.jsonl');
  await writeFile(
    changed,
    text.replace(/"openMs":(\d)/, (_, digit) => `"openMs":${(Number(digit) % 9) + 1}`),
  );
  const wrong = await checkOnCommandLine(changed);
  expect(wrong.status).toBe(1);
  const [, entry = ''] = /entry (\d+)\./.exec(wrong.stdout) ?? [];
  const askedAgain = await dropFile(page, changed, 'changed.jsonl');
  expect(askedAgain.filter((request) => !request.startsWith('GET '))).toEqual([]);
  await expect(outcome(page)).toHaveAttribute('data-verdict', 'broken');
  await expect(outcome(page)).toContainText('The ledger was changed or cut after it was written.');
  await expect(outcome(page)).toContainText(`Entry${entry}`);
  await expect(outcome(page)).toContainText('body-hash-wrong');
  await examinePage(page, 'officer-check-wrong');
});

test('a file of many kiosks is shown twenty at a time, and no name in it turns the page around', async ({
  openAs,
}, { outputDir }) => {
  const name = '\u202eHarbour\u2069\u2066 Street\nIn order';
  const keys = await makeKeys();
  const kiosks = Array.from({ length: 25 }, (_, seed) => new LedgerMaker(keys, seed).exported());
  const content = contentOf(kiosks);
  const lines = writeExport(
    { ...content, shops: content.shops.map((shop) => ({ ...shop, name })) },
    portableChecking,
  );
  const file = join(outputDir, 'many.jsonl');
  await mkdir(outputDir, { recursive: true });
  await writeFile(file, lines);
  const page = await openAs('officer');
  await nav(page, 'check').click();
  await dropFile(page, file, 'many.jsonl');
  await expect(outcome(page)).toHaveAttribute('data-verdict', 'kept');
  await expect(outcome(page).locator('[data-figure=shops] li')).toHaveText(
    '\u2068\\u{202e}Harbour\\u{2069}\\u{2066} Street\\u{a}In order\u2069 harbour-street',
  );
  await expect(page.getByTestId('check-kiosk')).toHaveCount(20);
  await page.locator('[data-action=more-kiosks]').click();
  await expect(page.getByTestId('check-kiosk')).toHaveCount(25);
  await expect(page.getByTestId('check-kiosk').nth(20).getByRole('heading', { level: 3 })).toBeFocused();
  await expect(page.locator('[data-action=more-kiosks]')).toHaveCount(0);
});

test('what is wrong with a server stands first, and red', async ({ server, openKiosk, openAs }) => {
  test.slow();
  const kiosk = await openKiosk();
  await visitYes(kiosk);
  await expect.poll(async () => await kindsOnServer(server)).toContain('contribution-recorded');
  await kiosk.close();
  await tamper(server);
  const page = await openAs('administrator');
  await inspect(page);
  await expect(findings(page)).toHaveAttribute('data-verdict', 'broken');
  await expect(findings(page).locator('li')).toHaveCount(3);
  expect(
    await findings(page)
      .locator('li')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.problem)),
  ).toEqual(['look-not-in-ledger', 'fork', 'kiosk-silent']);
  const red = await findings(page)
    .locator('h2')
    .evaluate((heading) => getComputedStyle(heading).color);
  expect(red).toBe('rgb(138, 28, 28)');
  const [first, next] = await Promise.all([findings(page).boundingBox(), answer(page, 'told').boundingBox()]);
  expect(first?.y ?? Number.POSITIVE_INFINITY).toBeLessThan(next?.y ?? 0);
  await expect(answer(page, 'consent')).toHaveAttribute('data-verdict', 'broken');
  await expect(answer(page, 'records')).toHaveAttribute('data-verdict', 'broken');
  await examinePage(page, 'officer-wrong');
  await looksGoodOnPaper(page, 'wrong');
});

test('what a ledger leaves open stands above the answers, and nothing is called in order before it', async ({
  server,
  openAs,
}) => {
  test.slow();
  await leaveLookOpen(server, 2 * HOUR_MS);
  await hire(server, 'Cloud Keepers Ltd');
  const page = await openAs('officer');
  await inspect(page);
  await expect(findings(page)).toHaveCount(0);
  await expect(page.getByText('Nothing is wrong')).toHaveCount(0);
  const notes = page.getByTestId('notes');
  await expect(notes.getByRole('heading', { level: 2 })).toHaveText(
    'Nothing is proven wrong, but 1 thing is left open',
  );
  await expect(notes.locator('[data-note=long-looks]')).toContainText('At Kiosk 1 · 1 time · 2 hours in all');
  await expect(answer(page, 'consent')).toHaveAttribute('data-verdict', 'noted');
  await expect(page.getByRole('row', { name: /^Cloud Keepers Ltd/ })).toContainText('your contract says it');
  await expect(answer(page, 'filing')).toContainText('Has reached 100,000No');
  const [first, next] = await Promise.all([notes.boundingBox(), answer(page, 'told').boundingBox()]);
  expect(first?.y ?? Number.POSITIVE_INFINITY).toBeLessThan(next?.y ?? 0);
  await examinePage(page, 'officer-noted');
  await tamper(server);
  await page.locator('[data-action=show-period]').click();
  await expect(findings(page)).toHaveAttribute('data-verdict', 'broken');
  await expect(notes.getByRole('heading', { level: 2 })).toHaveText('1 more thing is left open');
  await examinePage(page, 'officer-wrong-and-noted');
});

test('staff see nothing of an inspection, and the server gives them nothing', async ({ server, openAs }) => {
  const page = await openAs('staff');
  await expect(page.locator('.section-nav')).toHaveCount(0);
  const asked = async (path: string) =>
    page.evaluate(
      async (url) => (await fetch(url)).status,
      `${server.url}/api/staff/shops/harbour-street/${path}`,
    );
  expect(await asked('inspection?from=2026-01-01&to=2026-01-02')).toBe(403);
  expect(await asked('export')).toBe(403);
});

/** A kiosk that was changed: it says that the camera was on for three seconds, and closes the look only after a long time. */
async function leaveLookOpen({ url }: RunningServer, forMs: number): Promise<void> {
  let ago = 0;
  const kiosk = await TestKiosk.make(url, () => instant(Date.now() - ago));
  await kiosk.pair();
  // The question for its settings goes out with the true time; what is written after the answer is of earlier.
  const begun = kiosk.begin();
  ago = forMs;
  await begun;
  const receipt = await kiosk.receipt();
  kiosk.issue(receipt);
  const lookId = 'L'.repeat(22) as LookId;
  const look = { lookId, receiptIds: [receipt.id] };
  kiosk.append('look-opened', look);
  ago = 0;
  const saw = { openMs: 3_000, framesSeen: 7, framesRefused: 0 };
  kiosk.append('look-closed', { ...look, ending: 'counted', ...saw });
  kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
  expect((await kiosk.sync()).status).toBe(200);
}

/** The controller gets somebody who works for it. */
async function hire({ context: { db } }: RunningServer, name: string): Promise<void> {
  const row = await db.selectFrom('controller').selectAll().executeTakeFirstOrThrow();
  const processors = [{ name, address: '3 Cloud Street, Cork', contact: 'privacy@cloud.example' }];
  const controller_json = JSON.stringify({ ...JSON.parse(row.controller_json), processors });
  await db.updateTable('controller').set({ controller_json }).execute();
}

/** Somebody who writes in the database; a fork that was found; a kiosk that has been away. */
async function tamper({ context: { db, now } }: RunningServer): Promise<void> {
  const kiosk = await db.selectFrom('kiosk').select('id').executeTakeFirstOrThrow();
  await db
    .insertInto('look')
    .values({ id: 'A'.repeat(22) as never, kiosk_id: kiosk.id, receipt_ids_json: '[]', ending: 'counted' })
    .execute();
  const twoDaysAgo = (now() - 2 * 24 * 60 * 60_000) as never;
  await db.updateTable('kiosk').set({ forked_at: now(), last_seen: twoDaysAgo }).execute();
}

/** Prints the page as an officer would, to look at, and checks that it is whole pages of A4 without what only screens need. */
async function looksGoodOnPaper(page: Page, name: string): Promise<void> {
  const path = `test-results/screens/officer-${name}.pdf`;
  await mkdir(dirname(path), { recursive: true });
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.staff-header')).toBeHidden();
  await expect(page.locator('.report-actions')).toBeHidden();
  await expect(findings(page)).toBeVisible();
  const texts = page.locator('.notice-text');
  await expect(texts).toHaveCount(12);
  for (const text of await texts.all()) await expect(text.getByRole('listitem')).toHaveCount(5);
  await expect(page.locator('.notice-text[lang=en]')).toContainText('Do you keep my picture?');
  await expect(page.locator('.notice-text[lang=ar]')).toHaveCSS('direction', 'rtl');
  // The width of A4 less its margins, at 96 pixels an inch.
  await page.setViewportSize({ width: 688, height: 1017 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `test-results/screens/officer-${name}-print.png`, fullPage: true });
  await page.emulateMedia({ media: null });
  await page.setViewportSize(SIZES[0]);
}
