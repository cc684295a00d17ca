import type { Page } from 'playwright/test';
import { expectAccessible } from './accessibility.ts';
import { expect } from './kiosk.ts';

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
] as const;
const LANGUAGES = [
  ['English', 'en'],
  ['简体中文', 'zh'],
] as const;

/** Looks for barriers on a page of the staff screen in every language, and takes a picture of it in every size. */
export async function examinePage(page: Page, name: string): Promise<void> {
  for (const [language, tag] of LANGUAGES) {
    await page.getByRole('button', { name: language }).click();
    await expect(page.locator('.staff-languages [aria-current=true]')).toHaveText(language);
    await expectAccessible(page);
    // A text that was not given what it speaks of.
    await expect(page.locator('body')).not.toContainText(/undefined|NaN|\{\{/);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // A chart follows the size of its place a moment later.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
          message: 'nothing sticks out sideways',
        })
        .toBeLessThanOrEqual(0);
      const path = `test-results/screens/${name}-${tag}-${size.width}.png`;
      await page.screenshot({ path, fullPage: true });
    }
    await page.setViewportSize(SIZES[0]);
  }
  await page.getByRole('button', { name: 'English' }).click();
}
