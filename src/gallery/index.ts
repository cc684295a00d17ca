/**
 * Gallery: every screen that a visitor sees, in every state, language and size, without a server and without a camera. For looking and for
 * tests: no build that is shipped holds any of it. May import `kiosk/gallery`, `receipt/gallery`, `ui`, `i18n`, `protocol`, `consent` and `values`.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { changeLanguage } from '#i18n';
import { Gallery } from './gallery.tsx';

/** Shows the gallery in an element of the page. */
export function mount(root: HTMLElement): void {
  void changeLanguage('kiosk', 'en').then(() => createRoot(root).render(createElement(Gallery)));
}
