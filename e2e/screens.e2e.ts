import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { holdFrames, letFramesCome } from './support/hold-frames.ts';
import { expect, type Kiosk, test } from './support/kiosk.ts';

/** Kept as test artefacts for looking at; never committed. */
const SCREENS_DIR = join(import.meta.dirname, '../test-results/screens');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
] as const;
/** Real visits; the gallery shows every screen in every language (gallery.e2e.ts, overflow.e2e.ts). */
const LANGUAGE = 'en';
const LANGUAGE_NAME = 'English';
/** Touch targets are 64 px, for a thumb at arm's length. */
const TARGET_PX = 64;

mkdirSync(SCREENS_DIR, { recursive: true });

/** What must hold of every screen: nothing wrong by axe, nothing cut off sideways, every control large enough; and a picture of it in each size. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(SCREENS_DIR, `${name}-${size.width}x${size.height}.png`) });
    await expectAccessible(page);
    const cut = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(cut, `${name} at ${size.width} is cut off sideways`).toBeLessThanOrEqual(0);
    for (const control of await page.locator('[data-action]:visible').all()) {
      const box = await control.boundingBox();
      expect(
        Math.min(box?.width ?? 0, box?.height ?? 0),
        `${await control.textContent()} is too small`,
      ).toBeGreaterThanOrEqual(TARGET_PX);
      expect(
        (box?.y ?? 0) + (box?.height ?? 0),
        `${await control.textContent()} is below the edge`,
      ).toBeLessThanOrEqual(size.height);
    }
  }
  await page.setViewportSize(SIZES[0]);
}

const shot = (page: Page, name: string) => inspect(page, `kiosk-${LANGUAGE}-${name}`);
async function start({ page, onStep, tap }: Kiosk): Promise<void> {
  await onStep('attract');
  await page.getByRole('button', { name: LANGUAGE_NAME }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', LANGUAGE);
  await tap('start');
  await onStep('choose');
}

test.describe('every screen is whole, readable and in reach', () => {
  test.use({ serverSettings: { idleSeconds: 300 } });

  test('from attract to the receipt', async ({ openKiosk }) => {
    test.slow();
    const kiosk = await openKiosk({ feed: 'one-adult' });
    const { page, onStep, tap } = kiosk;
    await onStep('attract');
    await page.getByRole('button', { name: LANGUAGE_NAME }).click();
    await shot(page, '01-attract');
    await start(kiosk);
    await shot(page, '02-choose');
    await tap('demographics');
    await shot(page, '03-choose-ticked');
    await tap('details');
    await onStep('notice');
    await shot(page, '04-notice');
    await tap('agree');
    await onStep('guardian');
    await shot(page, '05-age');
    await tap('older');
    await onStep('result');
    await shot(page, '08-result');
    await tap('keep');
    await onStep('receipt');
    await page.locator('.qr-code').waitFor();
    await shot(page, '09-receipt');
    await tap('done');
    await start(kiosk);
    await tap('decline');
    await onStep('declined');
    await shot(page, '10-declined');
  });

  test('while looking, when nothing is counted, deleted, and for a child', async ({ openKiosk }) => {
    test.slow();
    const kiosk = await openKiosk({ feed: 'two-people', beforePage: holdFrames });
    const { page, onStep, tap } = kiosk;
    await start(kiosk);
    await tap('agree');
    await tap('younger');
    await shot(page, '06-guardian');
    await tap('agree');
    await onStep('looking');
    await page.locator('.preview-window').waitFor();
    await page.screenshot({ path: join(SCREENS_DIR, `kiosk-${LANGUAGE}-07-looking-people-1280x800.png`) });
    await page.evaluate(letFramesCome);
    await onStep('result');
    await shot(page, '11-not-counted');
  });

  test('while looking', async ({ openKiosk }) => {
    const kiosk = await openKiosk({ feed: 'one-adult', beforePage: holdFrames });
    const { page, onStep, tap } = kiosk;
    await start(kiosk);
    await tap('agree');
    await tap('older');
    await page.locator('.preview-window').waitFor();
    // The camera is on for 20 seconds at most, so each size gets its picture before anything is looked for.
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({
        path: join(SCREENS_DIR, `kiosk-${LANGUAGE}-07-looking-${size.width}x${size.height}.png`),
      });
    }
    await onStep('looking');
    await expectAccessible(page);
    await tap('stop');
    await onStep('result');
  });

  test('staff numbers behind the PIN, in a shop that is offline', async ({ openKiosk, server }) => {
    const { page, onStep, tap } = await openKiosk();
    await onStep('attract');
    await page.getByRole('button', { name: LANGUAGE_NAME }).click();
    await tap('take-back');
    await page.locator('.screen-take-back').waitFor();
    await shot(page, '14-take-back');
    await tap('close');
    await tap('staff');
    await page.getByRole('button', { name: '1', exact: true }).waitFor();
    await shot(page, '12-pin');
    const pin = server.demo?.staffPin ?? '';
    await server.close();
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByTestId('total-counted').waitFor();
    await shot(page, '13-local-numbers');
  });
});
