import axe from 'axe-core';
import { expect, type Page } from 'playwright/test';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** Gives a page axe, by way of the browser's own tools: no policy of the page stands in the way, and none has to be loosened. */
export async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
}

/** Axe finds nothing wrong on the page, once its screen takes taps: until then it is inert, and axe would see an empty page. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator('main:not([inert])')).toBeVisible();
  await loadAxe(page);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  });
  expect(found).toEqual([]);
}
