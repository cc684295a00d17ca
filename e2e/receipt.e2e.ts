import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright/test';
import { type ReceiptDocument, signReceipt, verifyReceipt } from '../src/consent/index.ts';
import { keyThumbprint } from '../src/consent/receipt-signature.ts';
import type { ReceiptAnswer } from '../src/protocol/index.ts';
import { expectAccessible } from './support/accessibility.ts';
import { dumpStorage } from './support/dump-storage.ts';
import { expect, type Kiosk, kindsOnTablet, shopOnServer, test } from './support/kiosk.ts';
import { linkInQrCode } from './support/qr-code.ts';

const PHONE = { width: 390, height: 844 } as const;
const SIZES = [PHONE, { width: 800, height: 1280 }, { width: 1280, height: 800 }] as const;
const NOBODYS_LINK = '/r/AAAAAAAAAAAAAAAAAAAAAA#BBBBBBBBBBBBBBBBBBBBBB';

type KnownAnswer = Extract<ReceiptAnswer, { state: 'known' }>;

/** A visitor's own phone: nothing of the tablet is in it. */
async function openPhone(browser: Browser, link: string, before?: (page: Page) => Promise<unknown>) {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
    locale: 'en-IE',
    timezoneId: 'Europe/Dublin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await before?.(page);
  await page.goto(link);
  return {
    page,
    asked,
    on: (screen: string) => expect(page.locator(`[data-screen=${screen}]`)).toBeVisible({ timeout: 30_000 }),
    tap: (action: string) => page.locator(`[data-action=${action}]`).tap(),
  };
}
type Phone = Awaited<ReturnType<typeof openPhone>>;

/** A whole visit on a real tablet, up to the code on its screen. */
async function visit(kiosk: Kiosk, choice: { readonly demographics?: boolean } = {}): Promise<string> {
  await kiosk.sayYes(choice);
  await kiosk.onStep('result');
  await kiosk.tap('keep');
  await kiosk.onStep('receipt');
  return linkInQrCode(kiosk.page);
}

/** Picks a language on the phone. */
async function pick(page: Page, language: string): Promise<void> {
  await page.locator('[data-action=languages]').tap();
  await page.locator(`span[lang=${language}] [data-action=language]`).tap();
}

/** Nobody is shut out, and a picture for people to look at. The gallery's tests do so in every language. */
async function inspect({ page }: Phone, state: string): Promise<void> {
  // What stands there while the program comes is gone with it.
  await expect(page.getByText('One moment…')).toHaveCount(0);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({
      path: `test-results/screens/receipt-${state}-${size.width}x${size.height}.png`,
      fullPage: true,
    });
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isTooWide, `${state} scrolls sideways at ${size.width}`).toBe(false);
  }
  await page.setViewportSize(PHONE);
  await expectAccessible(page);
  expect(await smallTargets(page), state).toEqual([]);
}

/** What can be tapped and is smaller than a thumb. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], summary')]
      .filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        return width > 0 && (width < 64 || height < 64);
      })
      .map(({ textContent }) => textContent ?? ''),
  );
}

/** What the server says about a receipt, changed on its way to the phone. */
function tampering(change: (answer: KnownAnswer) => Promise<KnownAnswer> | KnownAnswer) {
  return (page: Page) =>
    page.route('**/api/receipts/**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: await change((await response.json()) as KnownAnswer) });
    });
}

function documentOf(jws: string): ReceiptDocument {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

async function makeKey() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  return { privateKey: keys.privateKey, publicKey: { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const };
}

test('a phone reads the receipt in plain words and checks it by itself', async ({
  openKiosk,
  browser,
  server,
  dataDir,
}) => {
  test.slow();
  const printed: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((text: string, ...rest: []) => {
    printed.push(String(text));
    return write(text, ...rest);
  }) as typeof process.stdout.write;
  const kiosk = await openKiosk();
  const link = await visit(kiosk, { demographics: true });
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  await kiosk.close();
  const phone = await openPhone(browser, link);
  await phone.on('counted');
  const { page } = phone;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You said yes. We counted you.');
  for (const words of [
    'We checked: this receipt is genuine.',
    'being counted as a visitor',
    'a guess of your age group and gender',
    'Harbour Street Motors Ltd',
    'No picture. It was gone when the camera closed.',
    'For 30 days we can find your number',
    'We keep the receipt, and when the camera was open, for 3 years',
    'Our notice in English, version',
  ]) {
    await expect(page.locator('main :not(pre)', { hasText: words }).last()).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'privacy@harbour-street.example' }).first()).toHaveAttribute(
    'href',
    'mailto:privacy@harbour-street.example',
  );
  await expect(page.getByRole('link', { name: 'Data Protection Commission' })).toHaveAttribute(
    'href',
    'https://www.dataprotection.ie',
  );
  await inspect(phone, 'counted');

  const keptInPicture = page.getByText('The picture: on the tablet alone, for 20 seconds at most.');
  await expect(keptInPicture).toBeHidden();
  await phone.tap('more-facts');
  await expect(keptInPicture).toBeVisible();
  await inspect(phone, 'all-facts');
  await phone.tap('more-facts');
  await page.getByText('What was checked').tap();
  await expect(page.getByText('The tablet signed this receipt. Not one letter was changed.')).toBeVisible();
  await inspect(phone, 'details');
  await page.getByText('The receipt as data').tap();
  await expect(page.getByText('"dpv:ConsentReceipt"')).toBeVisible();

  // The copy can be checked with nothing of this page, and holds nothing that opens it.
  const [saved] = await Promise.all([page.waitForEvent('download'), phone.tap('save')]);
  expect(saved.suggestedFilename()).toMatch(/^consent-receipt-[\w-]{22}\.json$/);
  const text = await readFile(await saved.path(), 'utf8');
  const copy = JSON.parse(text);
  const [address = '', fragment = ''] = link.split('#');
  const [secret = '', thumbprint] = fragment.split('.');
  expect(await keyThumbprint(copy.publicKey)).toBe(thumbprint);
  expect(await verifyReceipt(copy.receipt, copy.publicKey)).toEqual({ ok: true, payload: copy.document });
  expect(text).not.toContain(secret);

  await page.evaluate(() => {
    Object.assign(window, { print: () => Object.assign(window, { hasPrinted: true }) });
  });
  await phone.tap('print');
  expect(await page.evaluate(() => 'hasPrinted' in window)).toBe(true);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(keptInPicture).toBeVisible();
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: 'test-results/screens/receipt-print.png', fullPage: true });

  // The secret is in no address and nothing keeps it: not the phone, not the server's log, not the server's files.
  expect(phone.asked.some((url) => url.includes('/read'))).toBe(true);
  expect(phone.asked.filter((url) => url.split('#')[0]?.includes(secret))).toEqual([]);
  expect(phone.asked.filter((url) => !url.startsWith(new URL(address).origin))).toEqual([]);
  process.stdout.write = write;
  expect(printed.join('')).not.toContain(secret);
  const kept = (await dumpStorage(page)).filter(({ bytes }) => bytes.includes(secret));
  expect(kept.map(({ where }) => where)).toEqual([]);
  const files = await readdir(join(dataDir, 'server'), { recursive: true, withFileTypes: true });
  const written = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(written.length).toBeGreaterThan(0);
  for (const file of written) expect((await readFile(file)).includes(secret), file).toBe(false);
  const loaded = phone.asked.join(' ');
  expect(loaded).not.toMatch(/vision|worker|today|\.bin|\.wasm/);
});

test('one tap takes the yes back, out of the numbers and into the tablet’s ledger', async ({
  openKiosk,
  browser,
  server,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  const link = await visit(kiosk);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  const phone = await openPhone(browser, link);
  await phone.on('counted');
  await phone.tap('take-back');
  await phone.on('withdrawn');
  expect((await shopOnServer(server)).counted).toBe(0);
  const title = phone.page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('Done. You took your yes back.');
  await expect(title).toBeFocused();
  await expect(phone.page.getByText(/^Since \d+ \w+ \d{4} at \d+:\d+ we do not count you\./)).toBeVisible();
  await expect(phone.page.getByText('We checked: this receipt is genuine.')).toBeVisible();
  await inspect(phone, 'withdrawn');
  await expect(phone.page.locator('[data-action=take-back]')).toHaveCount(0);
  // It stays readable as proof, and a copy proves that the yes was taken back.
  const [saved] = await Promise.all([phone.page.waitForEvent('download'), phone.tap('save')]);
  const copy = JSON.parse(await readFile(await saved.path(), 'utf8'));
  expect(copy.status).toMatchObject({ 'dpv:hasConsentStatus': { '@type': 'dpv:ConsentWithdrawn' } });
  await phone.page.reload();
  await phone.on('withdrawn');
  await kiosk.page.reload();
  await expect.poll(() => kindsOnTablet(kiosk.page)).toContain('contribution-withdrawn');
});

test('a yes that counted nothing can be taken back too', async ({ openKiosk, browser }) => {
  const kiosk = await openKiosk({ feed: 'two-people' });
  await kiosk.sayYes();
  await kiosk.onStep('result');
  await kiosk.tap('done');
  await kiosk.onStep('receipt');
  const phone = await openPhone(browser, await linkInQrCode(kiosk.page));
  await phone.on('none');
  await inspect(phone, 'none');
  await phone.tap('take-back');
  await phone.on('withdrawn');
});

test('a receipt that is on its way is waited for, and taking it back does not wait', async ({
  openKiosk,
  browser,
  server,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await kiosk.context.route('**/api/kiosk/entries', (route) => route.abort());
  const link = await visit(kiosk);
  const phone = await openPhone(browser, link);
  await phone.on('on-its-way');
  await expect(phone.page.getByText('This page looks again by itself.')).toBeVisible();
  await inspect(phone, 'on-its-way');
  const looks = () => phone.asked.filter((url) => url.endsWith('/read')).length;
  const before = looks();
  await phone.tap('look-again');
  await expect.poll(looks).toBeGreaterThan(before);

  await phone.tap('take-back');
  await expect(phone.page.getByText('We will take it back.')).toBeVisible();
  await inspect(phone, 'kept');
  await phone.page.reload();
  await expect(phone.page.getByText('We will take it back.')).toBeVisible();
  await kiosk.context.unroute('**/api/kiosk/entries');
  await kiosk.page.evaluate(() => dispatchEvent(new Event('online')));
  await phone.on('withdrawn');
  expect((await shopOnServer(server)).counted).toBe(0);
  await kiosk.page.reload();
  await expect.poll(() => kindsOnTablet(kiosk.page)).toContain('contribution-withdrawn');
});

test('a receipt that the tablet did not sign is shown in red, and can be taken back all the same', async ({
  openKiosk,
  browser,
  server,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  const link = await visit(kiosk);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  await kiosk.close();
  const forger = await makeKey();
  const forgeries = {
    'a key and a receipt of the server’s own': {
      says: 'The key is not the one that your link names.',
      change: async (answer: KnownAnswer) => ({
        ...answer,
        publicKey: forger.publicKey,
        receipt: await signReceipt(
          documentOf(answer.receipt),
          forger.privateKey,
          await keyThumbprint(forger.publicKey),
        ),
      }),
    },
    'a signature of another key': {
      says: 'The signature is wrong. Someone made this up or changed it.',
      change: async (answer: KnownAnswer) => ({
        ...answer,
        receipt: await signReceipt(
          documentOf(answer.receipt),
          forger.privateKey,
          await keyThumbprint(answer.publicKey),
        ),
      }),
    },
    'an edited receipt': {
      says: 'The signature is wrong. Someone made this up or changed it.',
      change: (answer: KnownAnswer) => {
        const [header, , signature] = answer.receipt.split('.');
        const edited = JSON.stringify(documentOf(answer.receipt)).replace('Harbour Street Motors', 'Nobody');
        return {
          ...answer,
          receipt: `${header}.${Buffer.from(edited).toString('base64url')}.${signature}`,
        };
      },
    },
    'no receipt at all': {
      says: 'What the server sent is not a signed receipt.',
      change: (answer: KnownAnswer) => ({ ...answer, receipt: '<h1>hello</h1>' }),
    },
  };
  for (const [name, { says, change }] of Object.entries(forgeries)) {
    await test.step(name, async () => {
      const phone = await openPhone(browser, link, tampering(change));
      await phone.on('false');
      const title = phone.page.getByRole('heading', { level: 1 });
      await expect(title).toHaveText('Do not trust this receipt.');
      await expect(title).toHaveCSS('background-color', 'rgb(138, 28, 28)');
      await phone.page.getByText('What was checked').tap();
      await expect(phone.page.getByText(says)).toBeVisible();
      await expect(phone.page.getByText('genuine')).toHaveCount(0);
      if (name === 'an edited receipt') {
        await inspect(phone, 'false');
        await phone.tap('take-back');
        await expect(phone.page.getByText('Done. You took your yes back.')).toBeVisible();
        expect((await shopOnServer(server)).counted).toBe(0);
        await inspect(phone, 'false-withdrawn');
      }
      await phone.page.context().close();
    });
  }
});

test('what could not be checked is said, and never called genuine', async ({
  openKiosk,
  browser,
  server,
}) => {
  const kiosk = await openKiosk();
  const link = await visit(kiosk);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  await kiosk.close();
  const withoutKey = await openPhone(browser, link.slice(0, link.lastIndexOf('.')));
  await withoutKey.on('counted');
  await withoutKey.page.getByText('What was checked').tap();
  await expect(withoutKey.page.getByText('Your link names no key.')).toBeVisible();
  await expect(withoutKey.page.getByText('genuine')).toHaveCount(0);
  await inspect(withoutKey, 'partly');

  // As on a page without TLS, where browsers offer no cryptography.
  const withoutCrypto = await openPhone(browser, link, (page) =>
    page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })),
  );
  await withoutCrypto.on('counted');
  await withoutCrypto.page.getByText('What was checked').tap();
  await expect(withoutCrypto.page.getByText('Your browser cannot check the signature here.')).toBeVisible();
  await expect(withoutCrypto.page.getByText('genuine')).toHaveCount(0);
});

test('a link that lost a part is said to be broken, and nothing is asked', async ({ browser, server }) => {
  for (const link of [
    '/r/AAAAAAAAAAAAAAAAAAAAAA',
    '/r/AAAAAAAAAAAAAAAAAAAAAA#BBBB',
    '/r/AAAA#BBBBBBBBBBBBBBBBBBBBBB',
    `${NOBODYS_LINK}.short`,
  ]) {
    const program = Promise.withResolvers<void>();
    const phone = await openPhone(browser, `${server.url}${link}`, (page) =>
      page.route('**/assets/receipt-*.js', async (route) => {
        await program.promise;
        await route.continue();
      }),
    );
    // A phone with a weak link: the page says so before its program is there.
    await expect(phone.page.getByText('One moment…')).toBeVisible();
    program.resolve();
    await phone.on('broken-link');
    expect(phone.asked.filter((url) => url.includes('/api/'))).toEqual([]);
    if (link.endsWith('.short')) await inspect(phone, 'broken-link');
    await phone.page.context().close();
  }
});

test('a phone without network says so, and carries out the tap when it is back', async ({
  browser,
  server,
}) => {
  const phone = await openPhone(browser, `${server.url}${NOBODYS_LINK}`);
  await phone.on('on-its-way');
  await phone.page.context().setOffline(true);
  // Texts that were never loaded cannot be shown; the page stays in the language that it has.
  const failed = phone.page.waitForEvent('requestfailed');
  await pick(phone.page, 'zh-Hans');
  await failed;
  await phone.on('on-its-way');
  await expect(phone.page.locator('html[lang=en]')).toBeAttached();
  await phone.page.context().setOffline(false);
  await pick(phone.page, 'en');
  await pick(phone.page, 'zh-Hans');
  await expect(phone.page.locator('html[lang=zh-Hans]')).toBeAttached();
  await pick(phone.page, 'en');
  await phone.page.context().setOffline(true);
  await phone.tap('take-back');
  await expect(phone.page.getByText('Your yes is not taken back yet.')).toBeVisible();
  await expect(phone.page.getByText('We cannot reach the server.')).toHaveCount(1);
  await inspect(phone, 'offline');
  await phone.page.context().setOffline(false);
  await expect(phone.page.getByText('We will take it back.')).toBeVisible();
});

test('a page whose words do not come says so, and does not wait for ever', async ({ browser, server }) => {
  const phone = await openPhone(browser, `${server.url}${NOBODYS_LINK}`, (page) =>
    page.route('**/assets/receipt-*.json', (route) => route.abort()),
  );
  await expect(phone.page.getByText('This page could not load.')).toBeVisible();
  await phone.page.context().close();
});

test('each trouble of the server has its words, and the page tries again', async ({ browser, server }) => {
  const troubles = [
    [429, { reason: 'too-many-requests' }, 'There were too many tries from this network.'],
    [503, { reason: 'server-busy' }, 'The server is too busy right now.'],
    [500, { reason: 'server-fault' }, 'The server had a problem.'],
    [200, '<h1>Welcome to Hotel Wi-Fi</h1>', 'Something else gave the answer, not our server.'],
  ] as const;
  for (const [status, body, words] of troubles) {
    const phone = await openPhone(browser, `${server.url}${NOBODYS_LINK}`, (page) =>
      page.route('**/api/receipts/**', (route) => route.fulfill({ status, json: body })),
    );
    await phone.on('unreached');
    await expect(phone.page.getByText(words)).toBeVisible();
    if (status === 503) await inspect(phone, 'unreached');
    await phone.page.unroute('**/api/receipts/**');
    await phone.on('on-its-way');
    await phone.page.context().close();
  }
});

test('the page speaks the language of the receipt, whatever the phone speaks', async ({
  openKiosk,
  browser,
  server,
}) => {
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await kiosk.page.locator('span[lang=zh-Hans] [data-action=language]').click();
  await expect(kiosk.page.locator('html[lang=zh-Hans]')).toBeAttached();
  const link = await visit(kiosk);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  const phone = await openPhone(browser, link);
  await phone.on('counted');
  await expect(phone.page.locator('html[lang=zh-Hans]')).toBeAttached();
  await expect(phone.page.getByText('已核验：这张回执是真的。')).toBeVisible();
  await pick(phone.page, 'en');
  await expect(phone.page.getByText('Our notice in Simplified Chinese, version')).toBeVisible();
});

test('a browser without JavaScript reads the receipt and takes the yes back', async ({
  openKiosk,
  browser,
  server,
}) => {
  const kiosk = await openKiosk();
  const link = await visit(kiosk);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  await kiosk.close();
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false, locale: 'en-IE' });
  const page = await context.newPage();
  await page.goto(link);
  const inspectAs = async (name: string) => {
    await page.screenshot({
      path: `test-results/screens/receipt-without-script-${name}.png`,
      fullPage: true,
    });
    await expectAccessibleWithoutScript(browser, page);
  };
  await inspectAs('form');
  await page.getByLabel('The link').fill(link);
  await page.getByRole('button', { name: 'Show my receipt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You said yes. We counted you.');
  await expect(page.getByText('Harbour Street Motors Ltd')).toBeVisible();
  // The address is still the link, so that a bookmark of this page opens it again.
  expect(page.url()).toBe(link);
  await inspectAs('words');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const copy = JSON.parse(await readFile(await saved.path(), 'utf8'));
  expect(await verifyReceipt(copy.receipt, copy.publicKey)).toEqual({ ok: true, payload: copy.document });
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done. You took your yes back.');
  expect((await shopOnServer(server)).counted).toBe(0);
  await inspectAs('taken-back');
  await page.goto(link.split('#')[0] ?? '');
  await page.getByLabel('The link').fill('half a link');
  await page.getByRole('button', { name: 'Show my receipt' }).click();
  await inspectAs('broken-link');
  await context.close();
});

/** Axe is a script and needs a browser that runs some: it looks at what the other one made of the page. */
async function expectAccessibleWithoutScript(browser: Browser, page: Page): Promise<void> {
  const html = (await page.content()).replaceAll(/<script.*?<\/script>|<\/?noscript>/gs, '');
  const context = await browser.newContext({ viewport: PHONE });
  const copy = await context.newPage();
  await copy.route(page.url().split('#')[0] ?? '', (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  );
  await copy.goto(page.url());
  await expectAccessible(copy);
  expect(await smallTargets(copy)).toEqual([]);
  await context.close();
}
