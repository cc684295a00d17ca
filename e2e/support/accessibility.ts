import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

/** Axe finds nothing wrong on the page, once its screen takes taps: until then it is inert, and axe would see an empty page. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator('main:not([inert])')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
