import { describe, expect, it } from 'vitest';
import { type Sharer, shareLink } from './share-link.ts';

const LINK = 'https://askfirst.example/r/AAAA#BBBB.CCCC';

function clipboard() {
  const copied: string[] = [];
  return { copied, clipboard: { writeText: async (text: string) => void copied.push(text) } };
}

describe('the link of a receipt', () => {
  it('goes to the sheet of the phone', async () => {
    const given: unknown[] = [];
    const { copied, clipboard: board } = clipboard();
    const share = async (data?: ShareData) => void given.push(data);
    expect(await shareLink({ share, clipboard: board }, 'Your receipt', LINK)).toBe('sent');
    expect(given).toEqual([{ title: 'Your receipt', url: LINK }]);
    expect(copied).toEqual([]);
  });

  it('goes nowhere where the visitor closes the sheet again', async () => {
    const { copied, clipboard: board } = clipboard();
    expect(
      await shareLink(
        { share: () => Promise.reject(new DOMException('closed', 'AbortError')), clipboard: board },
        '',
        LINK,
      ),
    ).toBeNull();
    expect(copied).toEqual([]);
  });

  it('is copied where there is no sheet, or where it fails', async () => {
    const sheets: readonly Sharer[] = [
      {},
      { share: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
    ];
    for (const sheet of sheets) {
      const { copied, clipboard: board } = clipboard();
      expect(await shareLink({ ...sheet, clipboard: board }, '', LINK)).toBe('copied');
      expect(copied).toEqual([LINK]);
    }
  });

  it('is shown where the browser can neither share nor copy', async () => {
    expect(await shareLink({}, '', LINK)).toBe('here');
    const refusing = { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) };
    expect(await shareLink({ clipboard: refusing }, '', LINK)).toBe('here');
  });
});
