import type { Page } from 'playwright/test';
import { expect, type Kiosk, ledgerOnTablet, shopOnServer, test } from './support/kiosk.ts';

/** A finger that trembles or is broad touches a square of this side, and not the middle of a button. */
const FINGER_PX = 64;

/** Presses Tab until a control has the focus, as somebody does who sees where it is. */
async function tabTo(page: Page, action: string): Promise<void> {
  await expect(page.locator('main:not([inert])')).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    const focused = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.closest<HTMLElement>('[data-action]')?.dataset.action ?? null;
    });
    if (focused === action) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The focus never came to ${action}.`);
}

test('a whole visit by keyboard alone, from the start to the receipt and back', async ({ openKiosk }) => {
  const { page, onStep } = await openKiosk();
  const press = async (action: string, key = 'Enter') => {
    await tabTo(page, action);
    // Where the focus is can be seen.
    expect(await page.evaluate(() => document.activeElement?.matches(':focus-visible'))).toBe(true);
    await page.keyboard.press(key);
  };
  await page.locator('html[data-idle=true]').waitFor();
  await press('start');
  await onStep('choose');
  await press('demographics', 'Space');
  await expect(page.getByRole('checkbox')).toBeChecked();
  await press('details');
  await onStep('notice');
  await press('agree');
  await onStep('guardian');
  await press('older', 'Space');
  await onStep('result');
  // The new screen is announced: its heading has the focus, and what comes after it is next.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await press('keep');
  await onStep('receipt');
  await press('done');
  await onStep('attract');
});

test('a whole visit with a blunt finger: every touch in the square around a button’s corner counts for it', async ({
  openKiosk,
}) => {
  const kiosk = await openKiosk();
  const { page, onStep } = kiosk;
  /** Touches the middle of a blunt finger that still lies wholly on the control, in the corner farthest from its middle. */
  const touch = async (action: string) => {
    await expect(page.locator('main:not([inert])')).toBeVisible();
    const box = await page.locator(`[data-action=${action}]`).first().boundingBox();
    if (box === null) throw new Error(`${action} is not on the screen.`);
    expect(Math.min(box.width, box.height), action).toBeGreaterThanOrEqual(FINGER_PX);
    await page.mouse.click(box.x + box.width - FINGER_PX / 2, box.y + box.height - FINGER_PX / 2);
  };
  await page.locator('html[data-idle=true]').waitFor();
  await touch('start');
  await onStep('choose');
  await touch('demographics');
  await touch('agree');
  await onStep('guardian');
  await touch('older');
  await onStep('result');
  await touch('delete');
  await onStep('receipt');
  await touch('done');
  await onStep('attract');
});

test('a group is asked one by one: a no leaves the others free, and each yes has its own receipt', async ({
  openKiosk,
  server,
}) => {
  const { page, tap, onStep } = await openKiosk({ feed: 'two-people' });
  await onStep('attract');
  await tap('start');
  await tap('group');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How many of you?');
  await tap('people-3');
  await expect(page.getByText('Person 1 of 3')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await tap('agree');
  await tap('older');
  await expect(page.getByText('Person 2 of 3')).toBeVisible();
  await tap('decline');
  await expect(page.getByText('Person 3 of 3')).toBeVisible();
  await tap('agree');
  await tap('older');
  await onStep('result');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We counted 2 people.');
  await tap('keep');
  await onStep('receipt');
  await expect(page.locator('.qr-code')).toHaveCount(2);
  const issued = (await ledgerOnTablet(page)).filter(({ entry }) => entry.kind === 'receipt-issued');
  expect(issued).toHaveLength(2);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(2);
  expect((await shopOnServer(server)).declined).toBe(1);
});

test('the order of the answers is drawn for each visit, and stands in the receipt as it was shown', async ({
  openKiosk,
}) => {
  const { page, tap, onStep } = await openKiosk({ beforePage: drawInTurn });
  const shown: string[][] = [];
  for (let visit = 0; visit < 2; visit += 1) {
    await onStep('attract');
    await tap('start');
    await onStep('choose');
    shown.push(await page.locator('.answers .button').allTextContents());
    await tap('agree');
    await tap('older');
    await onStep('result');
    await tap('keep');
    await tap('done');
  }
  expect(shown).toEqual([
    ['No, thank you', 'Yes, count me'],
    ['Yes, count me', 'No, thank you'],
  ]);
  const issued = (await ledgerOnTablet(page)).filter(({ entry }) => entry.kind === 'receipt-issued');
  expect(issued.map(({ body }) => answersIn(String(body.receipt)))).toEqual(shown);
});

/** A random number that falls below a half and above it in turn. */
function drawInTurn(): void {
  let draws = 0;
  Math.random = () => (draws++ % 2 === 0 ? 0.25 : 0.75);
}

function answersIn(jws: string): readonly string[] {
  const document = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
  return document['dpv:hasRecordOfActivity']['dpv:hasConsentStatus']['askfirst:answersShown']['@list'];
}

test('the screen suits its reader until the next visitor comes: lower, larger and read aloud', async ({
  openKiosk,
}) => {
  const kiosk = await openKiosk({ beforePage: speakIntoAList });
  const { page, tap, onStep } = kiosk;
  await page.locator('html[data-idle=true]').waitFor();
  await tap('lower');
  await tap('read-aloud');
  for (const size of [
    { width: 1280, height: 800 },
    { width: 800, height: 1280 },
  ]) {
    await page.setViewportSize(size);
    await expectAllLow(kiosk, size.height);
  }
  // A phone has no room for a row of them: one button opens the same ones.
  await page.setViewportSize({ width: 390, height: 844 });
  await tap('aids');
  await expectAllLow(kiosk, 844);
  await tap('lower');
  await expect(page.locator('html')).toHaveAttribute('data-low', 'false');
  await tap('lower');
  await page.locator('dialog[open] [data-action=close]').click();
  await page.setViewportSize({ width: 800, height: 1280 });
  await tap('start');
  await onStep('choose');
  await expect.poll(() => page.evaluate(spoken)).toContain('May we count you?');
  await expect.poll(() => page.evaluate(spoken)).toContain('Yes, count me');
  await expectAllLow(kiosk, 1280);
  await tap('lower');
  await tap('text-size');
  await tap('text-size');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  // Nothing is lost: all can be scrolled to, and nothing sticks out sideways.
  const tick = page.locator('label', { has: page.getByRole('checkbox') });
  await tick.scrollIntoViewIfNeeded();
  await expect(tick).toBeInViewport();
  const sideways = await page.evaluate(() =>
    ['.kiosk', 'main', 'footer'].filter((part) => {
      const element = document.querySelector(part);
      return element !== null && element.scrollWidth > element.clientWidth;
    }),
  );
  expect(sideways).toEqual([]);
  await tap('decline');
  await tap('done');
  await onStep('attract');
  await expect(page.locator('html')).toHaveAttribute('data-text', '100', { timeout: 15_000 });
});

async function expectAllLow({ page }: Kiosk, height: number): Promise<void> {
  await expect(page.locator('main:not([inert])')).toBeVisible();
  for (const control of await page.locator('[data-action]:visible').all()) {
    const box = await control.boundingBox();
    expect(box?.y, (await control.textContent()) ?? '').toBeGreaterThanOrEqual(height * 0.4);
  }
}

/** A tablet with one voice of its own, English, that says all into a list; another voice would send the words away. */
function speakIntoAList(): void {
  const said: string[] = [];
  Object.assign(window, { said });
  Object.assign(SpeechSynthesis.prototype, {
    getVoices: () => [
      { lang: 'de-DE', localService: false, default: false },
      { lang: 'en_GB', localService: true, default: true },
    ],
    cancel: () => said.splice(0),
    speak: (utterance: SpeechSynthesisUtterance) => {
      said.push(utterance.text);
      Object.assign(window, { utterance });
    },
  });
  Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', {
    set: () => undefined,
    get: () => null,
  });
}
/** From now on the voice comes to the end of a passage each second, by the page's own clock: where this machine stalls, both stand still. */
function readOn(): void {
  const reader = setInterval(() => {
    const { utterance } = window as unknown as { utterance: SpeechSynthesisUtterance };
    utterance.dispatchEvent(new Event('end'));
  }, 1_000);
  Object.assign(window, { reader });
}
/** Lets the voice read on for longer than an untouched screen waits and ends it: what was said until then, and where. */
function endReading(): Promise<{ readonly said: readonly string[]; readonly step: string | undefined }> {
  const { said, reader } = window as unknown as { said: string[]; reader: number };
  return new Promise((resolve) => {
    setTimeout(() => {
      clearInterval(reader);
      const step = document.querySelector<HTMLElement>('[data-step]')?.dataset.step;
      resolve({ said: [...said], step });
    }, 12_000);
  });
}
const spoken = () => (window as unknown as { said: string[] }).said;

test.describe('a screen that nobody touches', () => {
  test.use({ serverSettings: { idleSeconds: 9 } });

  test('waits while the screen is read aloud, and then asks aloud too', async ({ openKiosk }) => {
    const { page, tap, onStep } = await openKiosk({ beforePage: speakIntoAList });
    await page.locator('html[data-idle=true]').waitFor();
    await tap('read-aloud');
    await page.evaluate(readOn);
    await tap('start');
    await onStep('choose');
    const { said, step } = await page.evaluate(endReading);
    expect(step).toBe('choose');
    expect(said).not.toContain('Do you need more time?');
    await page.waitForFunction(() =>
      (window as unknown as { said: string[] }).said.includes('Do you need more time?'),
    );
    await onStep('attract');
  });

  test('asks whether more time is needed, and a tap gives it', async ({ openKiosk }) => {
    const { page, tap, onStep } = await openKiosk();
    await onStep('attract');
    await tap('start');
    await onStep('choose');
    for (let times = 0; times < 2; times += 1) {
      await page.locator('.still-there').waitFor();
      await tap('more-time');
      await expect(page.locator('.still-there')).toHaveCount(0);
      await onStep('choose');
    }
    await onStep('attract');
  });
});
