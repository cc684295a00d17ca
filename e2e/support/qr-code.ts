import jsqr from 'jsqr';
import type { Page } from 'playwright/test';
import sharp from 'sharp';

// The package is CommonJS and puts its function under `default`, where its types do not.
const read = 'default' in jsqr ? (jsqr.default as typeof jsqr) : jsqr;

/** The link in the QR code on the screen, read from a picture of it by another library than the one that drew it. */
export async function linkInQrCode(page: Page): Promise<string> {
  const link = await linkInPicture(await page.locator('.qr-code').screenshot());
  if (link === null) throw new Error('The QR code on the screen cannot be read.');
  return link;
}

/** The link in a picture, or null where no QR code is seen. */
export async function linkInPicture(picture: Buffer): Promise<string | null> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return read(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}
