import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, SIZES, test } from './support/gallery.ts';

/** Kept as test artefacts for looking at; never committed. */
const SCREENS_DIR = join(import.meta.dirname, '../test-results/screens/gallery');

const DIST_DIR = join(import.meta.dirname, '../dist/assets');
const MINUTE_MS = 60_000;

mkdirSync(SCREENS_DIR, { recursive: true });

/** One of each screen that differs by more than its words: these have their picture in every language, the others in English alone. */
const MAIN = [
  'attract',
  'choose',
  'notice',
  'age',
  'guardian',
  'looking',
  'result-counted',
  'result-estimate',
  'result-too-many-people',
  'receipt',
  'declined',
  'take-back',
  'resting-storage',
  'phone-counted',
];

test('every screen has its picture in every size, and the main ones in every language', async ({
  gallery,
}) => {
  test.setTimeout(5 * MINUTE_MS);
  const { page, stories, languages, show } = gallery;
  expect(stories).toEqual(expect.arrayContaining(MAIN));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const language of languages) {
      for (const story of language === 'en' ? stories : MAIN) {
        await show(story, language);
        const name = `${story}-${language}-${size.width}x${size.height}.jpg`;
        await page.screenshot({ path: join(SCREENS_DIR, name), type: 'jpeg', quality: 70 });
      }
    }
  }
});

test('no file that is shipped holds any of the gallery', () => {
  const shipped = readdirSync(DIST_DIR).filter((name) => /\.(js|css)$/.test(name));
  expect(shipped.length).toBeGreaterThan(10);
  const holding = shipped.filter((name) => readFileSync(join(DIST_DIR, name), 'utf8').includes('gallery'));
  expect(holding).toEqual([]);
});
