/**
 * Staff: what staff, officer and administrator see. Signing in by link, today of a shop, live, and for officers what visitors are told and what is deleted when.
 * Imports `ui`, `i18n`, `protocol` and the pure rooms. Never opens a camera, never keeps anything but section and shop in its address: a reload asks the server for all else.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { changeLanguage, languagesOf, loadEveryLanguage, nearestLanguage } from '#i18n';
import { StaffApp } from './app.tsx';
import { makeEntrance } from './entrance/entrance.ts';
import { takeToken } from './entrance/take-token.ts';
import { staffClient } from './server-client.ts';

/** Shows the staff screen in an element of the page. */
export async function mount(root: HTMLElement): Promise<void> {
  const client = staffClient();
  const entrance = makeEntrance(client);
  // Before anything else, so that the token stands in the address bar as briefly as can be; outside React, so that it is sent once.
  void entrance.enter(takeToken(location, history));
  // A link that is opened where this page is open already loads nothing: it only changes the fragment.
  addEventListener('hashchange', () => {
    const token = takeToken(location, history);
    if (token !== null) void entrance.enter(token);
  });
  await changeLanguage('staff', nearestLanguage(navigator.languages, languagesOf('staff')));
  createRoot(root).render(createElement(StaffApp, { client, entrance }));
  void loadEveryLanguage('staff');
}
