/**
 * Kiosk: what the visitor sees. The visit's statechart, its screens, and the numbers for staff behind a PIN.
 * May import every room of the browser but `staff` and `receipt`. Never stores, sends or opens a camera by itself: it asks `tablet` and `camera`.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { changeLanguage, languages, nearestLanguage } from '#i18n';
import { KioskApp } from './app.tsx';
import { keepManners } from './manners.ts';

/** Shows the kiosk in an element of the page. */
export function mount(root: HTMLElement): void {
  keepManners(document);
  void changeLanguage('kiosk', nearestLanguage(navigator.languages, languages)).then(() =>
    createRoot(root).render(createElement(KioskApp)),
  );
}
