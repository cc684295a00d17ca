import { expect, kindsOnTablet, test } from './support/kiosk.ts';

const MINUTE_MS = 60_000;

/** Notes each lock on the screen that the page asks for and lets go, and whether the browser's own answer to an event was prevented. */
function watchManners(): void {
  const locks = { asked: 0, held: 0 };
  Object.assign(window, { locks });
  Object.defineProperty(navigator, 'wakeLock', {
    value: {
      request: () => {
        locks.asked += 1;
        locks.held += 1;
        const sentinel = {
          released: false,
          release: async () => {
            locks.held -= 1;
          },
        };
        return Promise.resolve(sentinel);
      },
    },
  });
}
const locks = () => (window as unknown as { locks: { asked: number; held: number } }).locks;

test('a kiosk has no menu, zoom, selection, drag, pull to refresh or way back, and keys do no harm', async ({
  openKiosk,
}) => {
  const { page, onStep } = await openKiosk();
  await page.locator('html[data-idle=true]').waitFor();
  const letThrough = await page.evaluate(() => {
    const title = document.querySelector('h1') ?? document.body;
    const options = { bubbles: true, cancelable: true };
    const tried: Record<string, Event> = {
      contextmenu: new MouseEvent('contextmenu', options),
      selectstart: new Event('selectstart', options),
      dragstart: new DragEvent('dragstart', options),
      drop: new DragEvent('drop', options),
      gesturestart: new Event('gesturestart', options),
      'middle click': new MouseEvent('auxclick', { ...options, button: 1 }),
      'zoom by wheel': new WheelEvent('wheel', { ...options, ctrlKey: true }),
      'zoom by key': new KeyboardEvent('keydown', { ...options, key: '+', ctrlKey: true }),
      print: new KeyboardEvent('keydown', { ...options, key: 'p', ctrlKey: true }),
      'back by key': new KeyboardEvent('keydown', { ...options, key: 'ArrowLeft', altKey: true }),
      help: new KeyboardEvent('keydown', { ...options, key: 'F1' }),
    };
    return Object.entries(tried).flatMap(([name, event]) => (title.dispatchEvent(event) ? [name] : []));
  });
  expect(letThrough).toEqual([]);
  const styles = await page.evaluate(() => {
    const kiosk = getComputedStyle(document.querySelector('.kiosk') ?? document.body);
    const root = getComputedStyle(document.documentElement);
    return [kiosk.userSelect, kiosk.touchAction, root.overscrollBehaviorX, root.overscrollBehaviorY];
  });
  expect(styles).toEqual(['none', 'pan-y', 'none', 'none']);
  await page.evaluate(() => history.back());
  await onStep('attract');
  await page.keyboard.type('a cat on the keyboard 12345');
  for (const key of [
    'Escape',
    'Backspace',
    'Delete',
    'Home',
    'End',
    'PageDown',
    'Insert',
    'F3',
    'F7',
    'Control+p',
  ]) {
    await page.keyboard.press(key);
  }
  await onStep('attract');
  expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
});

test.describe('in opening hours', () => {
  const clockIn = (hours: number) =>
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Europe/Dublin',
    }).format(Date.now() + hours * 60 * MINUTE_MS);
  test.use({ serverSettings: { openingHours: { from: clockIn(-1), to: clockIn(2) } } });

  test('the screen stays awake while the shop is open, dims after, and brightens for who comes all the same', async ({
    openKiosk,
  }) => {
    const { page, context } = await openKiosk({
      beforePage: watchManners,
      beforeLoad: (context) => context.clock.install(),
    });
    const root = page.locator('html');
    await page.locator('html[data-idle=true]').waitFor();
    await expect.poll(() => page.evaluate(locks)).toMatchObject({ held: 1 });
    await expect(root).toHaveAttribute('data-dimmed', 'false');
    const places = new Set<string>();
    for (let minute = 0; minute < 4; minute += 1) {
      await page.clock.fastForward(MINUTE_MS);
      places.add(await page.locator('.kiosk').evaluate((kiosk) => getComputedStyle(kiosk).translate));
    }
    expect(places.size).toBe(4);
    // Without a network, since the server would set the tablet's clock right again.
    await context.route('**/api/**', (route) => route.abort());
    await page.clock.fastForward(3 * 60 * MINUTE_MS);
    await expect(root).toHaveAttribute('data-dimmed', 'true');
    await expect.poll(() => page.evaluate(locks)).toMatchObject({ held: 0 });
    await page.mouse.click(5, 5);
    await expect(root).toHaveAttribute('data-dimmed', 'false');
  });
});

test('a kiosk can be installed, and fills the screen then', async ({ openKiosk, server }) => {
  const { page } = await openKiosk();
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(`${server.url}${href}`)).json();
  expect(manifest).toMatchObject({ display: 'fullscreen', start_url: '/', name: 'AskFirst' });
  for (const { src, type } of manifest.icons as { src: string; type: string }[]) {
    const icon = await page.request.get(`${server.url}${src}`);
    expect(icon.headers()['content-type']).toContain(type);
  }
});
