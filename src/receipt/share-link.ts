/** How the link left this page: `here` where neither sharing nor copying is possible, so that the page shows it. */
export type Shared = 'sent' | 'copied' | 'here';

/** What a browser may have for handing a link on. Both are missing on pages without TLS. */
export type Sharer = Partial<Pick<Navigator, 'share'>> & {
  readonly clipboard?: Pick<Clipboard, 'writeText'>;
};

/**
 * Hands this page's whole link, secret included, to where the visitor wants it: the phone's own sheet, else the clipboard. Only the visitor's tap does
 * that, and nothing here keeps it. Null where the visitor closed the sheet again.
 */
export async function shareLink(browser: Sharer, title: string, link: string): Promise<Shared | null> {
  if (browser.share !== undefined) {
    try {
      await browser.share({ title, url: link });
      return 'sent';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
    }
  }
  try {
    await browser.clipboard?.writeText(link);
    return browser.clipboard === undefined ? 'here' : 'copied';
  } catch {
    return 'here';
  }
}
