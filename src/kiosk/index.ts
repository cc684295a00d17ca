/**
 * Kiosk: what the visitor sees. The visit's statechart, its screens, and the numbers for staff behind a PIN.
 * May import every room of the browser but `staff` and `receipt`. Never stores, sends or opens a camera by itself: it asks `tablet` and `camera`.
 * The attract screen comes first and by itself: a glance at the tablet is all that it needs. Everything else is loaded while it is read.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { changeLanguage, languagesOf, nearestLanguage } from '#i18n';
import { glanceAtTablet } from '#tablet/glance';
import { KioskApp } from './app.tsx';
import { CrashGuard } from './crash-guard.tsx';
import { keepManners } from './manners.ts';
import { reloadSoon } from './reload-soon.ts';

/** Shows the kiosk in an element of the page; where its texts do not come it fails, and the page begins anew in a moment. */
export async function mount(root: HTMLElement): Promise<void> {
  keepManners(document);
  try {
    await showFirst(root);
  } catch (error) {
    reloadSoon();
    throw error;
  }
}

/** The first visitor finds the shop's own language, whatever the browser's is. */
async function showFirst(root: HTMLElement): Promise<void> {
  const glance = await glanceAtTablet();
  const language = nearestLanguage(glance?.languages ?? navigator.languages, languagesOf('kiosk'));
  await changeLanguage('kiosk', language);
  const app = createElement(KioskApp, { glance });
  createRoot(root).render(createElement(CrashGuard, null, app));
}
