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

declare global {
  interface Window {
    /** In the page itself, which is far quicker than to ask for each story from outside. */
    readonly showStory: (story: string, language: string) => Promise<void>;
  }
}

/** Gives the page what shows a story and waits until it is there, in the language's own letters, and takes taps. */
function installShowStory(): void {
  const showStory = async (story: string, language: string): Promise<void> => {
    const { dataset } = document.documentElement;
    location.hash = `story=${story}&language=${language}`;
    while (dataset.story !== story || dataset.language !== language || !document.querySelector('main'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    await document.fonts.ready;
    // A screen takes no taps in its first moment: nobody who measures it has to wait for that.
    for (const part of document.querySelectorAll<HTMLElement>('[inert]')) part.inert = false;
  };
  Object.assign(window, { showStory });
}

/** The gallery in one page: showing another story changes what stands after `#` and loads nothing anew. */
export interface Gallery {
  readonly page: Page;
  readonly stories: readonly string[];
  readonly languages: readonly string[];
  /** Shows a story alone, as large as the window, and waits until it is there. */
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
    await page.addInitScript(installShowStory);
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
      show: (story, language = 'en') =>
        page.evaluate((place) => window.showStory(...place), [story, language] as const),
    });
  },
});
export { expect };
