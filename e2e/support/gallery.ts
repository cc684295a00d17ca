import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';
import { build, preview } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
] as const;

/** The gallery in one page: showing another story changes what stands after `#` and loads nothing anew. */
export interface Gallery {
  readonly page: Page;
  readonly stories: readonly string[];
  readonly languages: readonly string[];
  /** Shows a story alone, as large as the window, and waits until it is there and takes taps. */
  readonly show: (story: string, language?: string) => Promise<void>;
}

interface WorkerFixtures {
  readonly galleryUrl: string;
}

/** Tests of single screens, without a server and a camera. */
export const test = base.extend<{ readonly gallery: Gallery }, WorkerFixtures>({
  galleryUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from the pattern
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), 'askfirst-gallery-'));
      const bundled = {
        root: ROOT,
        mode: 'gallery',
        logLevel: 'warn',
        build: { outDir, emptyOutDir: true },
      } as const;
      await build(bundled);
      const server = await preview({ ...bundled, preview: { host: '127.0.0.1', port: 0 } });
      await use(`${server.resolvedUrls?.local[0]}gallery`);
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  gallery: async ({ page, galleryUrl }, use) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(galleryUrl);
    const namesIn = (attribute: string) =>
      page
        .locator(`main [${attribute}]`)
        .evaluateAll((links, name) => links.map((link) => link.getAttribute(name) ?? ''), attribute);
    await page.locator('main [data-story]').first().waitFor();
    const [stories, languages] = [await namesIn('data-story'), await namesIn('data-language')];
    await use({
      page,
      stories,
      languages,
      show: async (story, language = 'en') => {
        await page.evaluate((place) => {
          location.hash = place;
        }, `story=${story}&language=${language}`);
        await page.locator(`html[data-story="${story}"][data-language="${language}"] main`).waitFor();
      },
    });
  },
});
export { expect };
