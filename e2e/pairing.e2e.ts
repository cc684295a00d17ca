import { randomBytes } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { paintedLogo } from '../src/kiosk/gallery/painted-logo.ts';
import { makePairingCode, putShop, startServer } from '../src/server/index.ts';
import { quayShop } from '../src/server/testing/quay-shop.ts';
import { instant, type ShopId } from '../src/values/index.ts';
import { expectAccessible } from './support/accessibility.ts';
import { expect, kindsOnServer, kindsOnTablet, test } from './support/kiosk.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
] as const;
/** --accent in bright surroundings. */
const OUR_COLOUR = 'rgb(11, 83, 69)';
const random = (length: number) => new Uint8Array(randomBytes(length));
const now = () => instant(Date.now());

/** A server for real use, as `npm run serve` starts it: no demo, and nobody is let in without a code. */
async function realServer(dataDir: string, port = 0) {
  const server = await startServer({
    port,
    host: '127.0.0.1',
    dataDir: `${dataDir}/real`,
    databaseUrl: null,
    publicUrl: null,
    tls: null,
    isDemo: false,
    now,
    random,
  });
  const brand = { colour: '#e4007c', logo: paintedLogo };
  await putShop(server.context, { ...quayShop, settings: { ...quayShop.settings, brand } });
  return server;
}

test('a new tablet is let in by a pairing code and by nothing else, and looks like its shop without a network too', async ({
  openKiosk,
  dataDir,
}) => {
  const server = await realServer(dataDir);
  const { page, onStep, sayYes, tap } = await openKiosk({ url: server.url });
  await expect(page.getByRole('heading')).toHaveText('Connect this tablet');
  for (const wrong of ['AAAAAAAAAA', 'AAAAAAAAAA']) {
    await page.getByLabel('Pairing code').fill(wrong);
    await tap('connect');
    await expect(page.getByRole('alert')).toHaveText('This code did not work. Ask for a new one.');
  }
  await page.getByLabel('Pairing code').fill(await makePairingCode(server.context, 'quay' as ShopId));
  await tap('connect');
  // It looks like its shop, under the policy that forbids pictures from elsewhere.
  await expectShopsLook(page);
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  expect((await kindsOnTablet(page))[0]).toBe('kiosk-paired');
  await tap('done');
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await server.close();
  expect((await page.reload())?.fromServiceWorker()).toBe(true);
  await onStep('attract');
  await expectShopsLook(page);
});

test('a tablet that a server put back to an older backup does not know is let in again by a code, and sends what it recorded', async ({
  openKiosk,
  dataDir,
}) => {
  test.slow();
  const [kept, backup] = [`${dataDir}/real`, `${dataDir}/backup`];
  let server = await realServer(dataDir);
  const port = Number(new URL(server.url).port);
  await server.close();
  await cp(kept, backup, { recursive: true });

  server = await realServer(dataDir, port);
  const { page, onStep, sayYes, tap } = await openKiosk({ url: server.url });
  const letIn = async () => {
    await expect(page.getByRole('heading')).toHaveText('Connect this tablet', { timeout: 30_000 });
    await page.getByLabel('Pairing code').fill(await makePairingCode(server.context, 'quay' as ShopId));
    await tap('connect');
  };
  const arrived = async () =>
    (await kindsOnServer(server)).filter((kind) => kind === 'contribution-recorded');
  await letIn();
  await sayYes();
  await onStep('result');
  await tap('keep');
  await tap('done');
  await expect.poll(arrived).toHaveLength(1);
  const [paired] = await server.context.db.selectFrom('kiosk').select('id').execute();
  await server.close();

  await rm(kept, { recursive: true });
  await cp(backup, kept, { recursive: true });
  server = await realServer(dataDir, port);
  // It hears of it with the next thing that it asks, and rests.
  await page.reload();
  await onStep('resting');
  await page.reload();
  await letIn();
  await onStep('attract');
  await expect.poll(arrived, { timeout: 30_000 }).toHaveLength(1);
  expect(await server.context.db.selectFrom('kiosk').select('id').execute()).toEqual([paired]);
  await server.close();
});

/** The shop's colour on what can be tapped, and its logo really drawn. */
async function expectShopsLook(page: Page): Promise<void> {
  await expect(page.locator('[data-action=start]')).not.toHaveCSS('background-color', OUR_COLOUR);
  const logo = page.locator('canvas.kiosk-logo');
  await expect(logo).toBeVisible();
  const drawn = () =>
    logo.evaluate((canvas: HTMLCanvasElement) => {
      const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
      return data.some((value) => value > 0);
    });
  // The tablet times its two ways to count meanwhile, and software that draws is busy with that.
  await expect.poll(drawn, { timeout: 45_000 }).toBe(true);
}

for (const locale of ['en', 'zh-CN']) {
  test(`a new tablet’s first screens can be read and reached in ${locale}`, async ({
    openKiosk,
    dataDir,
  }) => {
    const server = await realServer(dataDir);
    const { page, context } = await openKiosk({ url: server.url, locale });
    await page.locator('.pairing-field').waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({
        path: `test-results/screens/kiosk-${locale}-15-pairing-${size.width}x${size.height}.png`,
      });
    }
    await expectAccessible(page);
    const second = await context.newPage();
    await second.goto(`${server.url}/`);
    await second.locator('[data-step=resting] .message-note').waitFor();
    await second.screenshot({ path: `test-results/screens/kiosk-${locale}-16-other-window-1280x800.png` });
    await expectAccessible(second);
    await server.close();
  });
}

test('a new tablet that cannot reach the server says so, and goes on by itself once it can', async ({
  openKiosk,
  dataDir,
}) => {
  test.slow();
  const server = await realServer(dataDir);
  const kiosk = await openKiosk({
    url: server.url,
    beforeLoad: (context) => context.route('**/api/**', (route) => route.abort()),
  });
  await expect(kiosk.page.getByText('This tablet cannot reach the server.')).toBeVisible();
  await kiosk.context.unroute('**/api/**');
  await expect(kiosk.page.getByRole('heading')).toHaveText('Connect this tablet', { timeout: 30_000 });
  await server.close();
});
