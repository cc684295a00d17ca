import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions } from 'axe-core';
import { loadAxe } from './support/accessibility.ts';
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
  'group',
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
  'phone-false',
];

/** Screens with answers of equal weight. */
const ASKING = ['choose', 'choose-yes-first', 'choose-in-a-group', 'notice', 'age', 'guardian'];
/** A shop's own colour is to be read in the dark as well. */
const BRANDED = ['attract-brand', 'choose-brand', 'choose-brand-pale'];
/** Beyond what axe looks for by itself: a contrast of 7:1 (WCAG 2.2, 1.4.6), and targets that are large enough (2.5.8). */
const STRICT: RunOptions['rules'] = {
  'color-contrast-enhanced': { enabled: true },
  'target-size': { enabled: true },
};
const CONTRAST: RunOptions = { runOnly: ['color-contrast', 'color-contrast-enhanced'] };
/** All that words can do wrong. Colours are the same in every language, and how large targets are the test of overflow measures in each. */
const WORDS: RunOptions = {
  rules: {
    'color-contrast': { enabled: false },
    'target-size': { enabled: false },
    'label-content-name-mismatch': { enabled: true },
  },
};
/** Every rule is tried in these: one language of each direction. */
const WHOLLY = ['en', 'ar'];

test('every screen has its picture in every size, and the main ones in every language', async ({
  gallery,
}) => {
  test.setTimeout(5 * MINUTE_MS);
  const { page, stories, languages, show } = gallery;
  expect(stories).toEqual(expect.arrayContaining(MAIN));
  for (const [place, size] of SIZES.entries()) {
    await page.setViewportSize(size);
    for (const [turn, language] of languages.entries()) {
      // Drawing takes long: each main screen is drawn in each language once, in sizes that take turns. Overflow is measured in all of them.
      const inTurn = MAIN.filter((_, index) => (index + turn) % SIZES.length === place);
      for (const story of language === 'en' ? stories : inTurn) {
        await show(story, language);
        const name = `${story}-${language}-${size.width}x${size.height}.jpg`;
        await page.screenshot({ path: join(SCREENS_DIR, name), type: 'jpeg', quality: 70 });
      }
    }
  }
});

test('no and yes are measured alike on every screen that asks, in every language and size', async ({
  gallery,
}) => {
  test.setTimeout(3 * MINUTE_MS);
  const { page, languages } = gallery;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const language of languages) {
      const inBrand = language === 'en' ? ['choose-brand', 'choose-brand-pale'] : [];
      const stories = [...ASKING, ...inBrand];
      for (const { story, answers, focusOrder } of await page.evaluate(measureAnswers, {
        stories,
        language,
      })) {
        const where = `${story}, ${language}, ${size.width}`;
        const looks = answers.map(({ look }) => look);
        expect(looks.length, where).toBeGreaterThan(1);
        expect(
          new Set(looks.map((look) => JSON.stringify(look))).size,
          `${where}: ${JSON.stringify(looks)}`,
        ).toBe(1);
        // A contrast of 7:1 is WCAG 2.2, 1.4.6.
        expect(Math.min(...answers.map(({ contrast }) => contrast)), where).toBeGreaterThanOrEqual(7);
        // As far to the thumb: from the middle of the lower edge, or in a column one above the other.
        if (answers.length === 2) {
          const [one, other] = answers.map(({ fromThumb }) => fromThumb);
          expect(Math.abs((one ?? 0) - (other ?? 1)), where).toBeLessThanOrEqual(1);
        }
        // The focus comes to them in the order in which they stand.
        expect(focusOrder, where).toEqual(answers.map(({ action }) => action));
        const first = answers[0]?.action;
        if (story.startsWith('choose'))
          expect(first, where).toBe(story === 'choose-yes-first' ? 'agree' : 'decline');
      }
    }
  }
});

test('axe finds nothing wrong on any screen, in any language, in light and in dark', async ({ gallery }) => {
  test.setTimeout(5 * MINUTE_MS);
  const { page, stories, languages } = gallery;
  await loadAxe(page);
  await page.setViewportSize(SIZES[0]);
  for (const language of languages) {
    const options = WHOLLY.includes(language) ? { rules: STRICT } : WORDS;
    expect(await page.evaluate(examine, { stories, language, options }), language).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const inDark = { stories: [...MAIN, ...BRANDED], language: 'en', options: CONTRAST };
  expect(await page.evaluate(examine, inDark), 'dark').toEqual([]);
});

/** Runs axe on one story after the other, in the page itself. */
async function examine({
  stories,
  language,
  options,
}: {
  readonly stories: readonly string[];
  readonly language: string;
  readonly options: RunOptions;
}): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const story of stories) {
    await window.showStory(story, language);
    const { violations } = await window.axe.run(document, { ...options, resultTypes: ['violations'] });
    for (const { id, nodes } of violations) found.push([story, id, nodes.map(({ html }) => html)]);
  }
  return found;
}

/** What makes one answer easier than another: its box, its look, its contrast, how far it is, and when the focus comes. */
async function measureAnswers({
  stories,
  language,
}: {
  readonly stories: readonly string[];
  readonly language: string;
}) {
  const measured: ({ readonly story: string } & ReturnType<typeof measure>)[] = [];
  for (const story of stories) {
    await window.showStory(story, language);
    measured.push({ story, ...measure() });
  }
  return measured;

  function measure() {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.answers [data-action]')];
    const isRightToLeft = document.dir === 'rtl';
    const answers = buttons.map((button) => {
      const { width, height, left, top } = button.getBoundingClientRect();
      const style = getComputedStyle(button);
      const [dark = 0, light = 1] = [luminance(style.color), luminance(style.backgroundColor)].sort(
        (a, b) => a - b,
      );
      return {
        action: button.dataset.action ?? '',
        look: {
          width: Math.round(width),
          height: Math.round(height),
          colours: [style.color, style.backgroundColor, style.borderColor, style.opacity],
          type: [style.fontSize, style.fontWeight, style.fontFamily, style.textDecorationLine],
          edge: [style.borderWidth, style.borderStyle, style.borderRadius, style.boxShadow],
        },
        contrast: (light + 0.05) / (dark + 0.05),
        fromThumb: Math.hypot(left + width / 2 - innerWidth / 2, top + height / 2 - innerHeight),
        place: top * 10_000 + (isRightToLeft ? -left : left),
      };
    });
    return {
      answers: answers.toSorted((one, other) => one.place - other.place),
      focusOrder: buttons.filter(({ tabIndex }) => tabIndex === 0).map(({ dataset }) => dataset.action),
    };
  }

  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}

test('no file that is shipped holds any of the gallery', () => {
  const shipped = readdirSync(DIST_DIR).filter((name) => /\.(js|css)$/.test(name));
  expect(shipped.length).toBeGreaterThan(10);
  const holding = shipped.filter((name) => readFileSync(join(DIST_DIR, name), 'utf8').includes('gallery'));
  expect(holding).toEqual([]);
});
