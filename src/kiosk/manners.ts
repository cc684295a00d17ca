/** Gestures of a browser that have no place on a kiosk: menus, selection by long press, dropped files, pinch zoom, links opened aside. */
const UNWANTED_EVENTS = [
  'contextmenu',
  'selectstart',
  'dragstart',
  'dragover',
  'drop',
  'gesturestart',
  'auxclick',
] as const;
/** Help, search and a caret in the text: of these keys nobody at a kiosk wants the browser's meaning. */
const UNWANTED_KEYS = new Set(['F1', 'F3', 'F6', 'F7', 'BrowserBack', 'BrowserForward', 'BrowserSearch']);

/** Keeps a page from being dragged, zoomed or left by accident or mischief. */
export function keepManners(page: Document): void {
  for (const event of UNWANTED_EVENTS) {
    page.addEventListener(event, (happened) => {
      if (!isTyping(happened.target)) happened.preventDefault();
    });
  }
  page.addEventListener('wheel', (wheel) => wheel.ctrlKey && wheel.preventDefault(), { passive: false });
  page.addEventListener('keydown', (key) => {
    if (isUnwanted(key) && !isTyping(key.target)) key.preventDefault();
  });
  // A back gesture has nowhere to go: the page puts itself in front of its own history again.
  history.pushState(null, '', location.href);
  addEventListener('popstate', () => history.pushState(null, '', location.href));
}

/** A keyboard hidden behind the tablet, or a scanner, may type anything. Loading the page anew stays possible: staff are told to do it. */
function isUnwanted({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return UNWANTED_KEYS.has(key) || ((ctrlKey || metaKey || altKey) && key.toLowerCase() !== 'r');
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}
