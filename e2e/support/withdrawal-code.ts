import { expect, type Page } from 'playwright/test';

/** The short code of the one receipt that is on the kiosk's screen, as it is typed. */
export async function codeOnScreen(page: Page): Promise<string> {
  const code = ((await page.locator('.receipt-code').textContent()) ?? '').replaceAll(/\s/g, '');
  expect(code).toMatch(/^[A-Z]{8}$/);
  return code;
}

/** Types letters where the kiosk asks for the code. */
export async function typeCode(page: Page, letters: string): Promise<void> {
  for (const letter of letters) await page.getByRole('button', { name: letter, exact: true }).click();
}
