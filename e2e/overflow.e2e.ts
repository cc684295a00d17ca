import { expect, SIZES, test } from './support/gallery.ts';

const MINUTE_MS = 60_000;

for (const size of SIZES) {
  test(`no text leaves its box and no target is small in any language at ${size.width} by ${size.height}`, async ({
    gallery,
  }) => {
    test.setTimeout(4 * MINUTE_MS);
    const { page, stories, languages } = gallery;
    await page.setViewportSize(size);
    for (const language of languages) {
      expect(await page.evaluate(findOverflow, { stories, language }), language).toEqual([]);
    }
  });
}

/** From seven inches on. */
const TABLETS = [
  { width: 1024, height: 600 },
  { width: 600, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
];
const MAIN = ['attract', 'choose', 'looking', 'result-counted', 'result-estimate', 'receipt'];

test('a visitor sees each main screen at once, without scrolling, on every tablet and in every language', async ({
  gallery,
}) => {
  test.setTimeout(2 * MINUTE_MS);
  const { page, languages } = gallery;
  for (const size of TABLETS) {
    await page.setViewportSize(size);
    const found = await page.evaluate(findScrolling, { stories: MAIN, languages });
    expect(found, `${size.width} by ${size.height}`).toEqual([]);
  }
});

/** Screens that are higher than their place. */
async function findScrolling({
  stories,
  languages,
}: {
  readonly stories: readonly string[];
  readonly languages: readonly string[];
}): Promise<string[]> {
  const found: string[] = [];
  for (const language of languages) {
    for (const story of stories) {
      await window.showStory(story, language);
      const { scrollHeight = 0, clientHeight = 0 } = document.querySelector('main') ?? {};
      if (clientHeight === 0 || scrollHeight > clientHeight)
        found.push(`${story} in ${language} by ${scrollHeight - clientHeight} px`);
    }
  }
  return found;
}

/** Shows one story after the other, in the page itself, and names what sticks out or is too small. */
async function findOverflow({
  stories,
  language,
}: {
  readonly stories: readonly string[];
  readonly language: string;
}): Promise<string[]> {
  const found: string[] = [];
  for (const story of stories) {
    await window.showStory(story, language);
    for (const fault of [...textsOutside(), ...boxesCut(), ...smallTargets()])
      found.push(`${story}: ${fault}`);
    // What opens over a screen looks the same on each: once is enough.
    if (story !== 'choose') continue;
    for (const sheet of document.querySelectorAll('dialog')) {
      sheet.showModal();
      for (const fault of [...textsOutside(), ...boxesCut(), ...smallTargets()])
        found.push(`${sheet.ariaLabel}: ${fault}`);
      sheet.close();
    }
  }
  return found;

  /** Texts that are wider than what they stand in, or than the window; on buttons, higher too. */
  function textsOutside(): string[] {
    const outside: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const parent = text.parentElement;
      if (parent === null || !isRead(parent) || text.textContent?.trim() === '') continue;
      const box = parent.closest('button, label, summary, dd, dt, p, li, h1, h2, td, th, a') ?? parent;
      const { left, right, top, bottom } = box.getBoundingClientRect();
      // The letters themselves: a line of Arabic or Devanagari is set higher than what is drawn in it.
      const halfLetter = 0.6 * Number.parseFloat(getComputedStyle(parent).fontSize);
      range.selectNodeContents(text);
      const isOutside = [...range.getClientRects()].some((line) => {
        const middle = (line.top + line.bottom) / 2;
        const isHigher = middle - halfLetter < top - 1 || middle + halfLetter > bottom + 1;
        return (
          line.left < Math.max(0, left) - 1 ||
          line.right > Math.min(innerWidth, right) + 1 ||
          (box.matches('button, summary') && isHigher)
        );
      });
      if (isOutside) outside.push(text.textContent ?? '');
    }
    return outside;
  }

  /** What can be tapped and is smaller than a thumb: targets are 64 px. */
  function smallTargets(): string[] {
    return [...document.querySelectorAll<HTMLElement>('[data-action]')].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const isSmall = isRead(target) && Math.min(width, height) < 63.9;
      return isSmall ? [`${target.dataset.action} is ${width} by ${height}`] : [];
    });
  }

  /** Boxes that cut something off sideways. Code is let scroll. */
  function boxesCut(): string[] {
    return [document.documentElement, ...document.querySelectorAll('#root *')]
      .filter((box) => box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1)
      .filter((box) => box === document.documentElement || getComputedStyle(box).overflowX !== 'visible')
      .filter((box) => isRead(box))
      .map((box) => `${box.tagName} ${box.className} is cut`);
  }

  function isRead(box: Element): boolean {
    const isHidden = box.closest('.visually-hidden, [aria-hidden=true], dialog:not([open]), pre, style');
    return isHidden === null && box.checkVisibility();
  }
}
