import { expectAccessible } from './support/accessibility.ts';
import { holdFrames, letFramesCome } from './support/hold-frames.ts';
import { expect, kindsOnTablet, shopOnServer, test } from './support/kiosk.ts';

/** While `window.isFull` is set, the browser has no room for anything more: what it then throws is thrown at each write. */
function fillOnDemand(): void {
  for (const method of ['add', 'put'] as const) {
    const original = IDBObjectStore.prototype[method];
    IDBObjectStore.prototype[method] = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if ((window as { isFull?: boolean }).isFull) {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      }
      return original.call(this, value, key);
    };
  }
}
const setFull = (isFull: boolean) => Object.assign(window, { isFull });

test('a full tablet rests, says why, shows staff, and goes on by itself once there is room', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const { page, onStep, tap, sayYes } = await openKiosk({ beforePage: fillOnDemand });
  await onStep('attract');
  await tap('start');
  await onStep('choose');
  const before = await kindsOnTablet(page);
  await page.evaluate(setFull, true);
  await tap('agree');
  await tap('older');
  await onStep('resting');
  await expect(page.getByText('The tablet cannot save. Free some space')).toBeVisible();
  const condition = async () => (await shopOnServer(server)).kiosks[0];
  await expect
    .poll(condition)
    .toMatchObject({ condition: 'resting', health: { problem: 'storage-full', state: 'resting' } });
  expect(await kindsOnTablet(page)).toEqual(before);
  await expectAccessible(page);
  await page.evaluate(setFull, false);
  await onStep('attract');
  await expect.poll(condition).toMatchObject({ condition: 'well', health: { problem: null } });
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
});

test('a tablet that is full while it waits asks nobody', async ({ openKiosk }) => {
  const { page, onStep, tap } = await openKiosk({ beforePage: fillOnDemand });
  await onStep('attract');
  await page.getByRole('button', { name: '简体中文' }).click();
  await tap('start');
  await onStep('choose');
  await page.evaluate(setFull, true);
  await tap('decline');
  await onStep('resting');
  await expect(page.getByRole('heading')).toHaveText('这台平板正在休息。');
  await expectAccessible(page);
});

test('a kiosk whose counting did not start says so before anybody’s yes is taken', async ({
  openKiosk,
  server,
}) => {
  const { page, onStep, sayYes } = await openKiosk({
    beforeLoad: (context) => context.route('**/models/**', (route) => route.abort()),
  });
  await sayYes();
  await onStep('resting');
  await expect(page.getByText('The counting program did not start.')).toBeVisible();
  expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
  await expect
    .poll(async () => (await shopOnServer(server)).kiosks[0])
    .toMatchObject({ condition: 'resting', health: { problem: 'vision-unavailable' } });
});

test('a kiosk whose counting program did not come rests before it asks anybody, and has it by itself once it can be had', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const part = '**/assets/vision-*.js';
  const { page, context, onStep, sayYes } = await openKiosk({
    beforeLoad: (opened) => opened.route(part, (route) => route.abort()),
  });
  await expect(page.getByText('A part of the program is missing or broken.')).toBeVisible({
    timeout: 45_000,
  });
  await expect
    .poll(async () => (await shopOnServer(server)).kiosks[0])
    .toMatchObject({ condition: 'resting', health: { problem: 'vision-unavailable' } });
  await context.unroute(part);
  await onStep('attract');
  await sayYes();
  await onStep('result');
});

test('a kiosk whose camera fails thanks the visitor, keeps the receipt, and calls for help', async ({
  openKiosk,
  server,
}) => {
  const { page, onStep, sayYes, tap } = await openKiosk({
    beforePage: () => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
    },
  });
  await sayYes();
  await onStep('result');
  await expect(page.getByText('Another program uses the camera. Staff will look at it.')).toBeVisible();
  await expect
    .poll(async () => (await shopOnServer(server)).kiosks[0])
    .toMatchObject({ condition: 'ailing', health: { problem: 'camera-failing', state: 'ready' } });
  await tap('done');
  await onStep('receipt');
  expect(await kindsOnTablet(page)).toContain('receipt-issued');
});

test('a tablet that is full by the end of a look says that nothing was counted, shows the receipt, and then rests', async ({
  openKiosk,
}) => {
  const { page, onStep, sayYes, tap } = await openKiosk({ beforePage: fillOnDemand });
  await onStep('attract');
  await page.evaluate(holdFrames);
  await sayYes();
  await page.locator('.preview-window').waitFor();
  await page.evaluate(setFull, true);
  await page.evaluate(letFramesCome);
  await onStep('receipt');
  await expect(page.getByRole('heading')).toHaveText('We did not count you.');
  await expect(page.locator('.qr-code')).toBeVisible();
  expect(await kindsOnTablet(page)).not.toContain('contribution-recorded');
  await tap('done');
  await onStep('resting');
  await expect(page.getByText('The tablet cannot save. Free some space')).toBeVisible();
});

test('a delete that a full tablet cannot keep says so, and shows the way that still works', async ({
  openKiosk,
}) => {
  const { page, onStep, sayYes, tap } = await openKiosk({ beforePage: fillOnDemand });
  await sayYes();
  await onStep('result');
  await page.evaluate(setFull, true);
  await tap('delete');
  await onStep('receipt');
  await expect(page.getByRole('heading')).toHaveText('We could not delete it here.');
  await expect(page.locator('.qr-code')).toBeVisible();
  expect(await kindsOnTablet(page)).not.toContain('contribution-withdrawn');
});

test('a kiosk that was revoked asks nobody, also after a restart without a network, until it is let in again', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const { db, now } = server.context;
  const setRevoked = (revoked: number | null) =>
    db
      .updateTable('kiosk')
      .set({ revoked_at: revoked as never })
      .execute();
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await setRevoked(now());
  await kiosk.page.reload();
  await kiosk.onStep('resting');
  await expect(
    kiosk.page.getByText('The server does not know this tablet, or has shut it out.'),
  ).toBeVisible();
  await expectAccessible(kiosk.page);
  await kiosk.close();

  const again = await openKiosk({
    profile: kiosk.profile,
    beforeLoad: (context) => context.route('**/api/**', (route) => route.abort()),
  });
  await again.onStep('resting');
  await again.page.waitForTimeout(1_000);
  await again.onStep('resting');
  await setRevoked(null);
  await again.context.unroute('**/api/**');
  await again.page.evaluate(() => dispatchEvent(new Event('online')));
  await again.onStep('attract');
});

test('a kiosk whose storage the browser deletes shuts down at once, tells staff, and begins anew as another kiosk', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const { page, context, onStep, sayYes, tap } = await openKiosk();
  await onStep('attract');
  await tap('start');
  await onStep('choose');
  const kiosks = async () => (await shopOnServer(server)).kiosks;
  await expect.poll(kiosks).toHaveLength(1);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
  await onStep('resting');
  await expect(page.getByText('The browser deleted what this tablet had saved.')).toBeVisible();
  await expect
    .poll(async () => (await kiosks())[0])
    .toMatchObject({ condition: 'resting', health: { problem: 'storage-lost' } });
  await onStep('attract');
  expect(await kindsOnTablet(page)).toContain('kiosk-paired');
  await sayYes();
  await onStep('result');
  expect(await kiosks()).toHaveLength(2);
});
