import { holdFrames, holdFramesAgain, letFramesCome } from './support/hold-frames.ts';
import { demoServer, expect, kindsOnServer, kindsOnTablet, shopOnServer, test } from './support/kiosk.ts';

test('with the server gone the kiosk starts, visits go on, and all arrives once when it is back', async ({
  openKiosk,
  server,
  dataDir,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  const { page, onStep, tap, sayYes } = kiosk;
  await onStep('attract');
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await page.reload();
  await onStep('attract');
  const port = Number(new URL(server.url).port);
  await server.close();

  const reloaded = await page.reload();
  expect(reloaded?.fromServiceWorker()).toBe(true);
  await onStep('attract');
  for (const answer of ['keep', 'delete', 'keep']) {
    await sayYes({ demographics: answer === 'keep' });
    await onStep('result');
    await expect(page.getByRole('heading')).toHaveText('We counted 1 person.');
    await tap(answer);
    await onStep('receipt');
    await tap('done');
    await onStep('attract');
  }
  await tap('start');
  await tap('decline');
  await onStep('declined');
  await tap('done');

  const back = await demoServer(dataDir, port);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await shopOnServer(back)).counted, { timeout: 30_000 }).toBe(2);
  await expect.poll(async () => (await shopOnServer(back)).declined).toBe(1);
  expect(await kindsOnServer(back)).toEqual(await kindsOnTablet(page));
  // Nothing arrives a second time, however often the tablet starts again.
  await page.reload();
  await onStep('attract');
  await expect.poll(async () => (await shopOnServer(back)).kiosks[0]?.health?.waiting).toBe(0);
  expect((await shopOnServer(back)).counted).toBe(2);
  await back.close();
});

test('a server that restarts in the middle of syncing gets the rest, and nothing twice', async ({
  openKiosk,
  server,
  dataDir,
}) => {
  test.slow();
  const { page, onStep, tap, sayYes } = await openKiosk({ beforePage: holdFrames });
  const port = Number(new URL(server.url).port);
  let current = server;
  for (const _ of [1, 2, 3]) {
    await page.evaluate(holdFramesAgain);
    await sayYes();
    // The camera is open while the server goes away and comes back.
    await page.locator('.preview-window').waitFor();
    await current.close();
    current = await demoServer(dataDir, port);
    await page.evaluate(letFramesCome);
    await onStep('result');
    await tap('keep');
    await onStep('receipt');
    await tap('done');
    await onStep('attract');
  }
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await shopOnServer(current)).counted, { timeout: 30_000 }).toBe(3);
  expect(await kindsOnServer(current)).toEqual(await kindsOnTablet(page));
  await current.close();
});

test('a web page that answers in the server’s place is not taken for an acknowledgement', async ({
  openKiosk,
  server,
}) => {
  const { page, context, onStep, sayYes, tap } = await openKiosk();
  await onStep('attract');
  await expect.poll(async () => (await shopOnServer(server)).kiosks[0]?.health?.waiting).toBe(0);
  await context.route('**/api/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to Hotel Wi-Fi</h1>' }),
  );
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  expect((await shopOnServer(server)).counted).toBe(0);
  await context.unroute('**/api/**');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await shopOnServer(server)).counted, { timeout: 30_000 }).toBe(1);
});
