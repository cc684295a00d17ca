import type { BrowserContext, Page } from 'playwright/test';
import type { StaffRole } from '../src/protocol/index.ts';
import { makeSignInToken, putPerson } from '../src/server/index.ts';
import { examinePage, SIZES } from './support/examine-page.ts';
import { test as base, expect, ledgerOnTablet } from './support/kiosk.ts';

const CONTROLLER = 'harbour-street-motors' as never;
const NEW_CONTACT = 'ask@harbour-street.example';

interface ShopFixtures {
  /** The staff screen of somebody with a role, each in a browser of their own. */
  readonly openAs: (role: StaffRole, name: string) => Promise<Page>;
}

/** Fails where the pages break their own policy or throw. */
const test = base.extend<ShopFixtures>({
  openAs: async ({ browser, server }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (role, name) => {
      const context = await browser.newContext({ locale: 'en-IE', viewport: SIZES[0] });
      contexts.push(context);
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      context.on('console', (message) => {
        const isNetwork = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      const personId = await putPerson(server.context, { name, role, controllerId: CONTROLLER });
      const page = await context.newPage();
      await page.goto(`${server.url}/staff#${await makeSignInToken(server.context, personId)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Today at /);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

const press = (page: Page, action: string) => page.locator(`[data-action=${action}]`).first().click();
const field = (page: Page, name: string) => page.locator(`[data-field=${name}]`);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const fact = (page: Page, name: string) =>
  page.locator('.terms-facts > div').filter({ hasText: name }).locator('dd');
/** A fact that the preview shows before and after. */
const changed = (page: Page, name: string) => page.locator(`[data-fact=${name}]`);
/** Where the English notice in force can be read; its last part is its hash. */
const noticeAddress = (page: Page) =>
  page.locator('.terms-notices [data-language=en] a').getAttribute('href');

async function openShop(page: Page): Promise<void> {
  await press(page, 'section-shop');
  await expect(heading(page)).toHaveText('What this shop tells visitors');
  await expect(page.locator('[data-action=change-terms]')).toBeVisible();
}

async function openChange(page: Page): Promise<void> {
  await press(page, 'change-terms');
  await expect(heading(page)).toHaveText('Change what visitors are told');
  await expect(heading(page)).toBeFocused();
}

async function openPreview(page: Page): Promise<void> {
  await press(page, 'see-preview');
  await expect(heading(page)).toHaveText('This is what visitors would read');
  await expect(heading(page)).toBeFocused();
}

/** What the tablet's newest receipt is, as it was signed. */
async function newestReceipt(page: Page): Promise<string> {
  const issued = (await ledgerOnTablet(page)).filter(({ entry }) => entry.kind === 'receipt-issued').at(-1);
  const [, payload = ''] = String(issued?.body.receipt).split('.');
  return Buffer.from(payload, 'base64url').toString('utf8');
}

test('an officer changes whom to write to and for how long, reads the notices, and publishes them to the next visit', async ({
  openAs,
  openKiosk,
}) => {
  test.slow();
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  const page = await openAs('officer', 'Aoife');
  await openShop(page);
  await expect(fact(page, 'How long the link to the count is kept')).toHaveText('30 days');
  const before = await noticeAddress(page);
  await examinePage(page, 'shop-terms');

  await openChange(page);
  await field(page, 'contact').fill(' ');
  await field(page, 'linkDays').fill('ten');
  await press(page, 'add-processors');
  await press(page, 'see-preview');
  await expect(page.getByText('5 fields are not right yet.')).toBeVisible();
  await expect(field(page, 'contact')).toBeFocused();
  await expect(field(page, 'linkDays')).toHaveAccessibleDescription(/Write a whole number from 1 to 365\./);
  await examinePage(page, 'shop-change');
  await press(page, 'remove-party');
  await expect(page.locator('[data-action=add-processors]')).toBeFocused();
  await field(page, 'contact').fill(NEW_CONTACT);
  await field(page, 'linkDays').fill('14');
  await page.getByRole('checkbox', { name: 'Français' }).uncheck();
  await page.getByRole('radio', { name: 'For a dark room' }).check();

  await openPreview(page);
  await expect(page.locator('[data-fact]')).toHaveCount(4);
  await expect(page.locator('.terms-part:has([data-fact]) h2')).toHaveText([
    'Said in all shops of Harbour Street Motors Ltd',
    'This shop',
    'Its tablets',
  ]);
  await expect(changed(page, 'linkDays').locator('dd')).toHaveText(['Before: 30 days', 'After: 14 days']);
  await expect(changed(page, 'surroundings').locator('dd')).toHaveText([
    'Before: As the tablet is set',
    'After: For a dark room',
  ]);
  await expect(page.getByText('Visitors can no longer choose: Français.')).toBeVisible();
  await expect(page.locator('[data-times=linkShorter]')).toBeVisible();
  const english = page.locator('.terms-preview[data-language=en]');
  await expect(english).toContainText('Harbour Street · new version 2');
  await expect(english.locator('mark').filter({ hasText: NEW_CONTACT })).not.toHaveCount(0);
  await expect(english.locator('mark').filter({ hasText: '14 days' })).not.toHaveCount(0);
  await expect(english.locator('mark').filter({ hasText: 'The camera opens briefly.' })).toHaveCount(0);
  await page.locator('.terms-preview[data-language=ar] > summary').click();
  await expect(page.locator('.terms-preview[data-language=ar] .terms-preview-lines').first()).toHaveAttribute(
    'dir',
    'rtl',
  );
  await examinePage(page, 'shop-preview');

  // What was written is still there, and nothing was published on the way.
  await press(page, 'back-to-changing');
  await expect(field(page, 'contact')).toHaveValue(NEW_CONTACT);
  await openPreview(page);
  await press(page, 'publish');
  await expect(page.getByText('Published. Tablets show it from their next visit on.')).toBeVisible();
  await expect(heading(page)).toBeFocused();
  await expect(fact(page, 'Contact')).toHaveText(NEW_CONTACT);
  await expect.poll(() => noticeAddress(page)).not.toBe(before);
  const after = (await noticeAddress(page)) ?? '';
  const hash = after.split('/').at(-1) ?? '';

  // The tablet hears of it with its next question to the server.
  await kiosk.page.evaluate(() => dispatchEvent(new Event('online')));
  await expect
    .poll(async () => (await ledgerOnTablet(kiosk.page)).some(({ body }) => body?.noticeHash === hash), {
      timeout: 60_000,
    })
    .toBe(true);
  await kiosk.onStep('attract');
  await kiosk.tap('start');
  await kiosk.onStep('choose');
  await expect(kiosk.page.getByText(NEW_CONTACT)).toBeVisible();
  await kiosk.tap('agree');
  await kiosk.onStep('guardian');
  await kiosk.tap('older');
  await kiosk.onStep('result');
  await kiosk.tap('keep');
  await kiosk.onStep('receipt');
  expect(await newestReceipt(kiosk.page)).toContain(hash);
});

test('of two officers who change the same terms, the second is told and loses nothing that the first said', async ({
  openAs,
}) => {
  test.slow();
  const [first, second] = [await openAs('officer', 'Aoife'), await openAs('officer', 'Brendan')];
  for (const page of [first, second]) {
    await openShop(page);
    await openChange(page);
  }
  await field(second, 'address').fill('9 Harbour Street, Dublin');
  await openPreview(second);
  // What no notice tells is shown all the same.
  await expect(changed(second, 'address').locator('dd')).toHaveText([
    'Before: 1 Harbour Street, Dublin',
    'After: 9 Harbour Street, Dublin',
  ]);
  await expect(second.getByTestId('preview-count')).toHaveText(/^No notice changes\./);
  await field(first, 'contact').fill(NEW_CONTACT);
  await openPreview(first);
  await press(first, 'publish');
  await expect(first.getByText('Published.')).toBeVisible();

  await press(second, 'publish');
  await expect(second.getByText('Somebody else changed this while you did.')).toBeVisible();
  await examinePage(second, 'shop-conflict');
  await press(second, 'start-again');
  await expect(heading(second)).toHaveText('Change what visitors are told');
  await expect(heading(second)).toBeFocused();
  await expect(field(second, 'contact')).toHaveValue(NEW_CONTACT);
  await expect(field(second, 'address')).toHaveValue('1 Harbour Street, Dublin');
  await press(second, 'see-preview');
  await expect(second.getByText('You have not changed anything yet.')).toBeVisible();
  await press(second, 'discard');
  await expect(fact(second, 'Contact')).toHaveText(NEW_CONTACT);
});

test('an administrator adds a shop and makes a PIN; an officer can do neither, and staff see no such page', async ({
  openAs,
}) => {
  test.slow();
  const page = await openAs('administrator', 'Ciara');
  await openShop(page);
  const newPin = page.getByTestId('new-pin');
  await press(page, 'make-pin');
  await press(page, 'make-pin-for-good');
  await expect(newPin.locator('code')).toHaveText(/^\d{4,12}$/);
  await expect(page.getByRole('heading', { name: 'New PIN for Harbour Street' })).toBeFocused();

  const addShop = page.getByTestId('add-shop');
  await press(page, 'add-shop');
  await expect(field(page, 'newShopName')).toBeFocused();
  await press(page, 'add-this-shop');
  await expect(addShop.getByText('Please fill this in.')).toBeVisible();
  await field(page, 'newShopName').fill('Harbour Street');
  await press(page, 'add-this-shop');
  await expect(addShop.getByRole('alert')).toHaveText('You have a shop of this name. Choose another name.');
  await examinePage(page, 'shop-add');
  // A shop that comes first in the list takes nobody away from what is shown only now.
  await field(page, 'newShopName').fill('Dock');
  await press(page, 'add-this-shop');
  await expect(page.getByRole('heading', { name: 'Dock is added' })).toBeFocused();
  await expect(page.locator('.shop-picker option')).toHaveText(['Dock', 'Harbour Street']);
  await expect(addShop.locator('code')).toHaveText(/^\d{4,12}$/);
  await examinePage(page, 'shop-added');
  await press(page, 'to-tablets');
  await expect(heading(page)).toHaveText('Kiosks of Dock');
  await press(page, 'section-shop');
  await expect(fact(page, 'Name of the shop')).toHaveText('Dock');
  await page.locator('.shop-picker select').selectOption('Harbour Street');
  await expect(fact(page, 'Name of the shop')).toHaveText('Harbour Street');

  const officer = await openAs('officer', 'Aoife');
  await openShop(officer);
  await expect(officer.locator('[data-action=make-pin], [data-action=add-shop]')).toHaveCount(0);
  const staff = await openAs('staff', 'Dara');
  await expect(staff.locator('[data-action=section-shop]')).toHaveCount(0);
  await staff.goto(`${new URL(staff.url()).origin}/staff?section=shop`);
  await expect(heading(staff)).toHaveText('Today at Dock');
});
