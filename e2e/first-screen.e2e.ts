import type { Page } from 'playwright/test';
import { expect, type Kiosk, test } from './support/kiosk.ts';

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
