/**
 * Receipt: what the visitor's phone opens. Reads the receipt, checks it here on the phone, takes it back.
 * May import `ui`, `i18n`, `protocol`, `consent` and `values`, and of the first two only what needs no React: on a phone with a weak link
 * React would be half of the page. Never stores anything, and never puts the secret into an address.
 */
import '#ui/look';
import { h, render } from 'preact';
import { changeLanguage, languagesOf, nearestLanguage } from '#i18n/words';
import { ReceiptPage } from './app.tsx';

/** Shows the receipt of this page's address in an element of the page; fails where its texts do not come. */
export async function mount(root: HTMLElement): Promise<void> {
  // Another code scanned into the same tab may change no more than what stands after `#`, which loads nothing by itself.
  addEventListener('hashchange', () => location.reload());
  await changeLanguage('receipt', nearestLanguage(navigator.languages, languagesOf('receipt')));
  // Preact leaves what stands in the element already, which says that the page is coming.
  root.replaceChildren();
  render(h(ReceiptPage, null), root);
}
