import type { Page } from 'playwright/test';
import { expect, type Kiosk, ledgerOnTablet, shopOnServer, test } from './support/kiosk.ts';

/** Holds back what comes from certain addresses until it is let go. */
async function hold({ context }: Kiosk, address: string): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await context.route(address, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

/** Loads the page anew with the program coming over the network, and holds back what comes after the attract screen until it is let go. */
async function reloadSlowly(kiosk: Kiosk): Promise<() => void> {
  await forgetServiceWorker(kiosk.page);
  const goOn = await hold(kiosk, '**/assets/opened-kiosk-*.js');
  await kiosk.page.reload();
  return goOn;
}

/** The attract screen, whether or not the program that it belongs to is there. */
const firstPicture = (page: Page) => page.locator('[data-step=attract]');

async function forgetServiceWorker(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
}

test('the attract screen is there before the rest of the program, and keeps what is tapped meanwhile', async ({
  openKiosk,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  const { page, onStep, tap } = kiosk;
  await onStep('attract');

  const goOn = await reloadSlowly(kiosk);
  await firstPicture(page).waitFor();
  await expect(page.getByText('Harbour Street', { exact: true })).toBeVisible();
  // A language that takes long to come is waited for in words.
  const giveTexts = await hold(kiosk, '**/assets/kiosk-*.json');
  await page.locator('[lang=zh-Hans] [data-action=language]').click();
  await expect(page.getByText('One moment…')).toBeVisible();
  giveTexts();
  await expect(page.locator('html[lang=zh-Hans]')).toBeAttached();
  await expect(page.locator('.wait-note')).toHaveCount(0);
  await tap('start');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('正在启动……');
  goOn();
  await onStep('choose');
  await expect(page.locator('html[lang=zh-Hans]')).toBeAttached();

  const goOnAgain = await reloadSlowly(kiosk);
  await firstPicture(page).waitFor();
  await tap('take-back');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Starting…');
  goOnAgain();
  await expect(page.locator('.screen-take-back')).toBeVisible();

  const goOnLast = await reloadSlowly(kiosk);
  await firstPicture(page).waitFor();
  goOnLast();
  await onStep('attract');
  // The screen stays the one that it was, and takes a tap at once.
  await tap('start');
  await onStep('choose');
});

test('a language that was tapped before the tablet was open, and comes after, is the language of texts and notice', async ({
  openKiosk,
}) => {
  const kiosk = await openKiosk();
  const { page, onStep, tap } = kiosk;
  await onStep('attract');
  const goOn = await reloadSlowly(kiosk);
  await firstPicture(page).waitFor();
  const giveTexts = await hold(kiosk, '**/assets/kiosk-*.json');
  await page.locator('[lang=zh-Hans] [data-action=language]').click();
  goOn();
  await onStep('attract');
  giveTexts();
  await expect(page.locator('html[lang=zh-Hans]')).toBeAttached();
  await tap('start');
  await onStep('choose');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[\u4e00-\u9fff]/);
  await tap('decline');
  await onStep('declined');
  await tap('done');
  await onStep('attract');
  // Nobody is there any more, so that the next visitor finds the shop's own language.
  await expect(page.locator('html[lang=en]')).toBeAttached({ timeout: 20_000 });
});

test('a program that cannot be had whole is said in words, and tried again', async ({ openKiosk }) => {
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await forgetServiceWorker(kiosk.page);
  // Before anything of the program is there, the page says so by itself.
  const giveProgram = await hold(kiosk, '**/assets/kiosk-*.js');
  await kiosk.page.reload();
  await expect(kiosk.page.getByText('One moment…')).toBeVisible();
  giveProgram();
  await kiosk.context.route('**/assets/opened-kiosk-*.js', (route) => route.abort());
  await kiosk.page.reload();
  await kiosk.onStep('resting');
  await kiosk.context.unroute('**/assets/opened-kiosk-*.js');
  await kiosk.onStep('attract');
});

test('a part of the program that does not come makes the kiosk rest, and it begins anew by itself', async ({
  openKiosk,
}) => {
  const part = '**/assets/take-back-*.js';
  const { page, context, onStep, tap } = await openKiosk({
    beforeLoad: (opened) => opened.route(part, (route) => route.abort()),
  });
  await onStep('attract');
  await tap('take-back');
  await onStep('resting');
  await expect(page.getByText('A part of the program is missing or broken.')).toBeVisible();
  await context.unroute(part);
  await onStep('attract');
  await tap('take-back');
  await expect(page.locator('.screen-take-back')).toBeVisible();
});

/** A bug that shows only while the camera is on: the preview cannot be drawn. */
function breakPreview(): void {
  const streams: MediaStream[] = [];
  Object.assign(window, { streams });
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    streams.push(stream);
    return stream;
  };
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      if (this.isConnected) throw new Error('The preview is broken.');
      source?.set?.call(this, stream);
    },
  });
}

test('a bug in the middle of a look closes the camera at once, counts nothing, and the kiosk begins anew, which staff hear', async ({
  openKiosk,
  server,
}) => {
  const { page, onStep, sayYes, tap } = await openKiosk({ beforePage: breakPreview });
  await sayYes();
  await onStep('resting');
  const tracks = () =>
    page.evaluate(() =>
      (window as unknown as { streams: MediaStream[] }).streams.flatMap((stream) =>
        stream.getTracks().map((track) => track.readyState),
      ),
    );
  await expect.poll(tracks).toEqual(['ended']);
  const lastEntry = async () => (await ledgerOnTablet(page)).at(-1);
  await expect
    .poll(lastEntry)
    .toMatchObject({ entry: { kind: 'look-closed' }, body: { ending: 'stopped', framesSeen: 0 } });
  await onStep('attract');
  const kiosk = async () => (await shopOnServer(server)).kiosks[0];
  const crashed = { condition: 'ailing', health: { problem: 'crashed', state: 'ready' } };
  await expect.poll(kiosk).toMatchObject(crashed);
  // A no sees only the first screens of it work.
  await tap('start');
  await onStep('choose');
  await tap('decline');
  await onStep('declined');
  await tap('done');
  await onStep('attract');
  expect(await kiosk()).toMatchObject(crashed);
});

test('a tablet has all of the program for when the network goes, from its very first load on', async ({
  openKiosk,
  server,
}) => {
  const { page, onStep, tap } = await openKiosk();
  await onStep('attract');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await server.close();
  await page.locator('[lang=zh-Hans] [data-action=language]').click();
  await expect(page.locator('html[lang=zh-Hans]')).toBeAttached();
  await tap('start');
  await onStep('choose');
});
