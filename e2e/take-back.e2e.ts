import { expectAccessible } from './support/accessibility.ts';
import { demoServer, expect, kindsOnTablet, shopOnServer, test } from './support/kiosk.ts';
import { linkInQrCode } from './support/qr-code.ts';
import { codeOnScreen, typeCode } from './support/withdrawal-code.ts';

test('a visitor without a phone types the code at the tablet: taken back offline, and everywhere once the server is there', async ({
  openKiosk,
  server,
  dataDir,
}) => {
  test.slow();
  const { page, onStep, sayYes, tap } = await openKiosk();
  await sayYes({ demographics: true });
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  const code = await codeOnScreen(page);
  await tap('done');
  await onStep('attract');
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  const port = Number(new URL(server.url).port);
  await server.close();

  const type = (letters: string) => typeCode(page, letters);
  await tap('take-back');
  await type(code === 'ABCDEFGH' ? 'HGFEDCBA' : 'ABCDEFGH');
  await expect(page.getByText('This code did not work.')).toBeVisible();
  await expectAccessible(page);
  await type(`${code.slice(0, 3)}A`);
  await tap('erase');
  await type(code.slice(3));
  await expect(page.getByRole('heading')).toHaveText('Done. We do not count you.');
  expect(await kindsOnTablet(page)).toContain('contribution-withdrawn');
  await tap('done');
  await onStep('attract');

  const back = await demoServer(dataDir, port);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await shopOnServer(back)).counted, { timeout: 30_000 }).toBe(0);
  await back.close();
});

test('a code that somebody left half typed is not for the next visitor to read', async ({ openKiosk }) => {
  const { page, tap } = await openKiosk({ beforeLoad: (context) => context.clock.install() });
  await page.locator('html[data-idle=true]').waitFor();
  await tap('take-back');
  for (const letter of 'ABCDE') await tap(`letter-${letter}`);
  const typed = page.locator('.take-back-code');
  await expect(typed).toHaveText('ABCD E···');
  await page.clock.fastForward(10_000);
  await expect(typed).toHaveText('•••• •···');
  await tap('letter-F');
  await expect(typed).toHaveText('•••• •F··');
  await tap('erase');
  await tap('erase');
  await tap('letter-G');
  await expect(typed).toHaveText('•••• G···');
});

test('staff take a yes back for a visitor who gives them the link of the receipt', async ({
  openKiosk,
  server,
  browser,
}) => {
  const { page, onStep, sayYes, tap } = await openKiosk();
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  const link = await linkInQrCode(page);
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  const office = await browser.newContext();
  const staff = await office.newPage();
  await staff.goto((await server.demo?.signInUrl()) ?? '');
  const field = staff.getByLabel('Link of the receipt');
  const answer = staff.locator('.take-back-answer');
  const takeBack = staff.locator('[data-action=take-back]');
  await field.fill('not a link');
  await takeBack.click();
  await expect(answer).toHaveText('This link is not whole. Copy all of it and try again.');
  await field.fill(link.replace(/#.{22}/, `#${'A'.repeat(22)}`));
  await takeBack.click();
  await expect(answer).toContainText('We have no receipt with this link.');
  await field.fill(link);
  await takeBack.click();
  await expect(answer).toHaveText('Done. This visitor is not counted any more.');
  await expect(staff.getByTestId('total-counted')).toHaveText('0');
  await expectAccessible(staff);
  await page.reload();
  await expect.poll(() => kindsOnTablet(page)).toContain('contribution-withdrawn');
  await office.close();
});
