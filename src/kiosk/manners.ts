/** Gestures of a browser that have no place on a kiosk: menus, selection by long press, dropped files, pinch zoom. */
const UNWANTED_EVENTS = ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart'] as const;

/** Keeps a page from being dragged, zoomed or left by accident or mischief. */
export function keepManners(page: Document): void {
  for (const event of UNWANTED_EVENTS) page.addEventListener(event, (happened) => happened.preventDefault());
  page.addEventListener('wheel', (wheel) => wheel.ctrlKey && wheel.preventDefault(), { passive: false });
  // A back gesture has nowhere to go: the page puts itself in front of its own history again.
  history.pushState(null, '', location.href);
  addEventListener('popstate', () => history.pushState(null, '', location.href));
}
