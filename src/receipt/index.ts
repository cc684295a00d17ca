/**
 * Receipt: what the visitor's phone opens. Reads the receipt, checks it here on the phone, takes it back.
 * May import `ui`, `i18n`, `protocol`, `consent` and `values`. Never stores anything, and never puts the secret into an address.
 * The frame comes first and by itself, so that a slow phone shows words at once; what reads and checks follows.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { changeLanguage, languages, nearestLanguage } from '#i18n';
import { LookingScreen } from './screens/looking.tsx';
import { NotLoadedScreen } from './screens/not-loaded.tsx';

/** Shows the receipt of this page's address in an element of the page. */
export function mount(root: HTMLElement): void {
  // Another code scanned into the same tab may change no more than what stands after `#`, which loads nothing by itself.
  addEventListener('hashchange', () => location.reload());
  const loading = import('./app.tsx').catch(() => null);
  void changeLanguage('receipt', nearestLanguage(navigator.languages, languages)).then(async () => {
    const page = createRoot(root);
    page.render(createElement(LookingScreen));
    const app = await loading;
    page.render(createElement(app?.ReceiptPage ?? NotLoadedScreen));
  });
}
