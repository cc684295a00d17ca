import type { Page } from 'playwright/test';
import sharp, { type Sharp } from 'sharp';
import { expect, type Gallery, SIZES, test } from './support/gallery.ts';
import { linkInPicture } from './support/qr-code.ts';

const LINK = /^https:\/\/askfirst\.example\/r\/[\w-]{22}#[\w-]{22}\.[\w-]{43}$/;
/** A phone at arm's length sees a tablet of 10 inches about this wide; its camera makes far more of it. */
const SEEN_WIDTH = 640;
const POINTS_PER_MM = 72 / 25.4;
/** What the printers print of their paper, 48 and 72 mm, at 96 pixels an inch. */
const PRINTED_WIDTH = { '58mm': 181, '80mm': 272 } as const;

/** The screen as a phone's camera sees it that is held askew, in a dark or a bright shop, and not quite still. */
const SEEN = {
  straight: (picture) => picture,
  'a little askew': (picture) => picture.rotate(12, { background: '#555' }),
  'far askew': (picture) => picture.rotate(-38, { background: '#222' }),
  'upside down': (picture) => picture.rotate(180),
  dimmed: (picture) => picture.linear(0.25, 6),
  'in glare': (picture) => picture.linear(0.35, 150),
  unsteady: (picture) => picture.blur(1.1),
  'dimmed, askew and unsteady': (picture) =>
    picture.rotate(20, { background: '#111' }).linear(0.4, 10).blur(0.8),
} satisfies Record<string, (picture: Sharp) => Sharp>;

test('phones read the code on every screen: askew, dimmed, in glare, unsteady, at arm’s length', async ({
  gallery,
}) => {
  const { page, show } = gallery;
  await show('receipt');
  const unread: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.locator('.qr-code').waitFor();
    const screen = await page.screenshot();
    const width = Math.min(SEEN_WIDTH, size.width);
    for (const [name, look] of Object.entries(SEEN)) {
      const far = await sharp(screen).resize({ width }).png().toBuffer();
      const link = await linkInPicture(await look(sharp(far)).png().toBuffer());
      if (link === null || !LINK.test(link)) unread.push(`${name} at ${size.width}x${size.height}`);
    }
  }
  expect(unread).toEqual([]);
});

for (const paper of ['58mm', '80mm'] as const) {
  test(`a receipt printer gets a receipt that fits its paper of ${paper}`, async ({ gallery }) => {
    const { page, show } = gallery;
    await show(`receipt-${paper}`);
    const button = page.locator('[data-action=print]');
    await page.evaluate(() => {
      const saidWhilePrinting = Promise.withResolvers<string>();
      const say = () => document.querySelector('[data-action=print]')?.textContent ?? '';
      Object.assign(window, { saidWhilePrinting, print: () => saidWhilePrinting.resolve(say()) });
    });
    await button.click();
    const said = () =>
      (window as unknown as { saidWhilePrinting: PromiseWithResolvers<string> }).saidWhilePrinting.promise;
    expect(await page.evaluate(said)).toBe('Printing…');
    await expect(button).toHaveText('Print it', { timeout: 15_000 });
    const pdf = (await printed(gallery)).toString('latin1');
    const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect(Number(width)).toBeCloseTo(Number.parseInt(paper, 10) * POINTS_PER_MM, 0);
    expect(Number(height)).toBeGreaterThan(Number(width));
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);

    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: PRINTED_WIDTH[paper], height: 620 });
    await expect(page.getByRole('button')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.screenshot({ path: `test-results/screens/receipt-paper-${paper}.png` });
    // Printers of this kind have 203 points an inch.
    expect(await linkOnPaper(page)).toMatch(LINK);
  });
}

test('the phone’s receipt fits the paper of receipt printers too', async ({ gallery }) => {
  const { page, show } = gallery;
  await show('phone-counted');
  await page.emulateMedia({ media: 'print' });
  for (const [paper, width] of Object.entries(PRINTED_WIDTH)) {
    await page.setViewportSize({ width, height: 1000 });
    await expect(page.getByRole('button')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), paper).toBe(false);
    await page.screenshot({ path: `test-results/screens/receipt-phone-paper-${paper}.png`, fullPage: true });
  }
});

/** What the printer gets, with the page's own paper. */
async function printed({ page }: Gallery): Promise<Buffer> {
  return page.pdf({ preferCSSPageSize: true });
}

async function linkOnPaper(page: Page): Promise<string | null> {
  const code = await page.locator('.qr-code').screenshot();
  const { width = 0 } = await sharp(code).metadata();
  const printedWidth = Math.round((width * 203) / 96);
  return linkInPicture(
    await sharp(code)
      .resize({ width: printedWidth, kernel: 'nearest' })
      .threshold(128)
      .extend({ top: 40, bottom: 40, left: 40, right: 40, background: '#fff' })
      .png()
      .toBuffer(),
  );
}
