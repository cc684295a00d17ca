/**
 * Receipt: what the visitor's phone opens. Reads the receipt, checks it here on the phone, takes it back.
 * May import `ui`, `i18n`, `protocol`, `consent` and `values`. Never stores anything, and never puts the secret into an address.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { languages, nearestLanguage, startI18n } from '#i18n';
import { readReceiptLink } from '#protocol';
import { ReceiptApp } from './app.tsx';
import { BrokenLinkScreen } from './screens/broken-link.tsx';

/** Shows the receipt of this page's address in an element of the page. */
export function mount(root: HTMLElement): void {
  const link = readReceiptLink(location.pathname, location.hash);
  // Another code scanned into the same tab may change no more than what stands after `#`, which loads nothing by itself.
  addEventListener('hashchange', () => location.reload());
  void startI18n('receipt', nearestLanguage(navigator.languages, languages)).then(() =>
    createRoot(root).render(
      link === null ? createElement(BrokenLinkScreen) : createElement(ReceiptApp, { link }),
    ),
  );
}
