import { describe, expect, it } from 'vitest';
import { openOnPaper } from './open-on-paper.ts';

describe('a part that is folded on the screen', () => {
  it.each([false, true])('stands open on paper and is afterwards as it was: open %s', (open) => {
    const part = { open };
    const page = new EventTarget();
    openOnPaper(part, page);
    page.dispatchEvent(new Event('beforeprint'));
    expect(part.open).toBe(true);
    page.dispatchEvent(new Event('afterprint'));
    expect(part.open).toBe(open);
  });

  it('is left alone once its screen is gone', () => {
    const part = { open: false };
    const page = new EventTarget();
    openOnPaper(part, page)();
    page.dispatchEvent(new Event('beforeprint'));
    expect(part.open).toBe(false);
  });
});
