import { holdFrames } from './support/hold-frames.ts';
import { expect, kindsOnTablet, ledgerOnTablet, shopOnServer, test } from './support/kiosk.ts';

const IDLE_SECONDS = 5;
test.use({ serverSettings: { idleSeconds: IDLE_SECONDS } });

/** Counts how often the page asks for a camera. */
function watchCamera(): void {
  const asked = { count: 0 };
  Object.assign(window, { cameraAsked: asked });
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) => {
    asked.count += 1;
    return original(constraints);
  };
}
const timesAsked = () => (window as unknown as { cameraAsked: { count: number } }).cameraAsked.count;

test('a visitor reads in Chinese, says yes, keeps the count and gets a receipt', async ({ openKiosk }) => {
  const { page, tap, onStep } = await openKiosk();
  await onStep('attract');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('heading')).toHaveText('可以把您计入人数吗？');
  await tap('start');
  await onStep('choose');
  await tap('details');
  await onStep('notice');
  await expect(page.getByText('会保存我的画面吗？')).toBeVisible();
  await tap('agree');
  await onStep('guardian');
  await tap('older');
  await onStep('result');
  await expect(page.getByRole('heading')).toHaveText('我们计入了 1 个人。');
  await tap('keep');
  await onStep('receipt');
  const code = page.getByRole('img', { name: '用手机扫描即可打开回执的方形码' });
  await expect(code).toBeVisible();
  // Nobody touches the screen: whoever comes next sees no code, and the visitor has it back with one tap.
  await page.locator('[data-action=show]').waitFor();
  await expect(code).toHaveCount(0);
  await expect(page.locator('.receipt-code .of-visitor')).toBeHidden();
  await tap('show');
  await expect(code).toBeVisible();
  await tap('done');
  await onStep('attract');
  // The next visitor finds the shop's first language again.
  await expect(page.getByRole('heading')).toHaveText('May we count you?', {
    timeout: (IDLE_SECONDS + 5) * 1_000,
  });
});

test('a visitor says no: no camera, no receipt, one tally', async ({ openKiosk, server }) => {
  const { page, tap, onStep } = await openKiosk({ beforePage: watchCamera });
  await onStep('attract');
  await tap('start');
  await tap('decline');
  await onStep('declined');
  await expect.poll(async () => (await shopOnServer(server)).declined).toBe(1);
  expect(await page.evaluate(timesAsked)).toBe(0);
  expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
  await onStep('attract');
});

test('a visitor deletes the count: it is gone everywhere, and the ledger shows it', async ({
  openKiosk,
  server,
}) => {
  const { page, tap, onStep, sayYes } = await openKiosk();
  await sayYes();
  await onStep('result');
  await tap('delete');
  await onStep('receipt');
  await expect(page.getByRole('heading')).toHaveText('Deleted. We do not count you.');
  await expect.poll(() => kindsOnTablet(page)).toContain('contribution-withdrawn');
  await expect
    .poll(
      async () =>
        (await server.context.db.selectFrom('receipt').select('withdrawn_at').execute())[0]?.withdrawn_at,
    )
    .toBeTruthy();
  expect((await shopOnServer(server)).counted).toBe(0);
});

test('a visitor stops the camera: it closes at once and nothing is counted', async ({ openKiosk }) => {
  const { page, tap, onStep, sayYes } = await openKiosk({ beforePage: holdFrames });
  await sayYes();
  await page.locator('.preview-window').waitFor();
  await tap('stop');
  await onStep('result');
  await expect(page.getByText('You stopped the camera.')).toBeVisible();
  const closed = (await ledgerOnTablet(page)).find(({ entry }) => entry.kind === 'look-closed');
  expect(closed?.body).toMatchObject({ ending: 'stopped' });
  expect(await kindsOnTablet(page)).not.toContain('contribution-recorded');
});

test('a child is counted only with a guardian’s own tap, and never for age and gender', async ({
  openKiosk,
}) => {
  const { page, tap, onStep } = await openKiosk();
  await onStep('attract');
  await tap('start');
  await tap('demographics');
  await tap('agree');
  await onStep('guardian');
  await tap('younger');
  await expect(page.getByRole('heading')).toHaveText('A parent or guardian must say yes for you.');
  await tap('agree');
  await onStep('result');
  await expect(page.getByTestId('estimate')).toHaveCount(0);
  const issued = (await ledgerOnTablet(page)).find(({ entry }) => entry.kind === 'receipt-issued');
  expect(issued?.body.purposes).toEqual(['count']);
  const payload = JSON.parse(
    Buffer.from(String(issued?.body.receipt).split('.')[1] ?? '', 'base64url').toString(),
  );
  expect(payload['dpv:hasRecordOfActivity']['dpv:hasDataSubject']['@type']).toBe('dpv:Child');
});

test('age and gender are asked separately, unticked, and shown only when given', async ({ openKiosk }) => {
  const { page, tap, onStep, sayYes } = await openKiosk();
  await onStep('attract');
  await tap('start');
  await expect(page.getByRole('checkbox')).not.toBeChecked();
  await tap('decline');
  await onStep('attract');
  await sayYes({ demographics: true });
  await onStep('result');
  await expect(page.getByTestId('estimate')).toHaveText(/^Our guess: .+, .+\.$/);
  await tap('keep');
  await tap('done');
  await sayYes();
  await onStep('result');
  await expect(page.getByTestId('estimate')).toHaveCount(0);
});

for (const [place, taps] of [
  ['the choice', ['start']],
  ['the details', ['start', 'details']],
  ['the age question', ['start', 'agree']],
  ['the guardian’s question', ['start', 'agree', 'younger']],
] as const) {
  test(`a visitor who walks away at ${place} leaves one anonymous tally and no camera`, async ({
    openKiosk,
    server,
  }) => {
    const { page, tap, onStep } = await openKiosk({ beforePage: watchCamera });
    await onStep('attract');
    for (const action of taps) await tap(action);
    await page.locator('[data-step=attract]').waitFor({ state: 'detached' });
    await onStep('attract');
    await expect.poll(async () => (await shopOnServer(server)).left).toBe(1);
    expect(await page.evaluate(timesAsked)).toBe(0);
    expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
  });
}

test('a visitor who walks away from the result leaves the count as it was said', async ({
  openKiosk,
  server,
}) => {
  const { page, onStep, sayYes } = await openKiosk();
  await sayYes();
  await onStep('result');
  // The way to take it back is offered once more before the screen is the next visitor's, and not laid open to them.
  await onStep('receipt');
  await expect(page.locator('.qr-code')).toBeHidden();
  await expect(page.locator('[data-action=show]')).toBeVisible();
  await onStep('attract');
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
});

test('a second window says that the first one is open', async ({ openKiosk, server }) => {
  const { context, onStep } = await openKiosk();
  await onStep('attract');
  const second = await context.newPage();
  await second.goto(`${server.url}/`);
  await expect(second.getByText('AskFirst is open in another window.')).toBeVisible();
});

test('a double tap on yes does not answer the next question, which nobody has read yet', async ({
  openKiosk,
}) => {
  const { page, onStep, tap } = await openKiosk();
  await onStep('attract');
  await tap('start');
  const yes = page.locator('[data-action=agree]');
  await expect(page.locator('footer')).not.toHaveAttribute('inert');
  const { x, y, width, height } = (await yes.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const _ of Array(5)) await page.mouse.click(x + width / 2, y + height / 2);
  await onStep('guardian');
  await page.waitForTimeout(500);
  await onStep('guardian');
  expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
});

test('fifty taps a second with ten fingers make one visit and one receipt', async ({ openKiosk }) => {
  const { page, onStep } = await openKiosk({ beforePage: watchCamera });
  await onStep('attract');
  // Every control that a visitor can reach on the way to a yes, again and again, faster than the screens change.
  await page.evaluate(async () => {
    const actions = ['start', 'agree', 'older', 'language', 'demographics'];
    const tap = (control: HTMLElement) => {
      const { x, y, width, height } = control.getBoundingClientRect();
      const at = { bubbles: true, cancelable: true, clientX: x + width / 2, clientY: y + height / 2 };
      if (document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-action]') !== control) return;
      for (const pointerId of [1, 2]) {
        control.dispatchEvent(
          new PointerEvent('pointerdown', { ...at, pointerId, pointerType: 'touch', isPrimary: true }),
        );
        control.dispatchEvent(
          new PointerEvent('pointerup', { ...at, pointerId, pointerType: 'touch', isPrimary: true }),
        );
        control.click();
      }
    };
    const until = performance.now() + 4_000;
    while (performance.now() < until) {
      for (const action of actions) {
        for (const control of document.querySelectorAll<HTMLElement>(`[data-action=${action}]`)) tap(control);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  await onStep('result');
  const kinds = await kindsOnTablet(page);
  expect(kinds.filter((kind) => kind === 'receipt-issued')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'look-opened')).toHaveLength(1);
  expect(await page.evaluate(timesAsked)).toBe(1);
});

test('a double tap on Start ticks no box on the screen that comes after it', async ({ openKiosk }) => {
  const { page, onStep } = await openKiosk();
  for (const size of [
    { width: 800, height: 1280 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.reload();
    // By then the tablet is open, and the screen is not drawn anew any more.
    await page.locator('html[data-idle=true]').waitFor();
    const { x, y, width, height } = (await page.locator('[data-action=start]').boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    await expect(page.locator('main')).not.toHaveAttribute('inert');
    for (const _ of Array(4)) await page.mouse.click(x + width / 2, y + height / 2);
    await onStep('choose');
    await expect(page.getByRole('checkbox')).not.toBeChecked();
  }
});

test('the separate question is on the screen wherever yes can be said', async ({ openKiosk }) => {
  const { page, onStep, tap } = await openKiosk();
  await onStep('attract');
  await tap('start');
  await tap('demographics');
  await tap('details');
  await onStep('notice');
  await expect(page.getByRole('checkbox')).toBeChecked();
  await tap('demographics');
  await tap('details');
  await onStep('choose');
  await expect(page.getByRole('checkbox')).not.toBeChecked();
});

test('the first visitor finds the shop’s own language, whatever the browser’s is', async ({ openKiosk }) => {
  const { page, onStep } = await openKiosk({ locale: 'zh-CN' });
  await onStep('attract');
  await expect(page.getByRole('heading')).toHaveText('May we count you?');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('[aria-current=true]')).toHaveText('English');
});
