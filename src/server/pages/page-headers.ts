/** The apps of the one page, and everything else. Each gets the least that it needs. */
type Page = 'kiosk' | 'staff' | 'receipt' | 'other';

const CAMERA_FOR: Record<Page, string> = { kiosk: '(self)', staff: '()', receipt: '()', other: '()' };
/** Every power of a browser that no page of ours uses. */
const NEVER_USED = [
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'midi',
  'display-capture',
  'browsing-topics',
];

/** Which app a path belongs to. `/index.html` is what the service worker keeps of the kiosk; scripts serve the kiosk's worker. */
function pageOf(path: string): Page {
  if (path === '/' || path === '/index.html') return 'kiosk';
  if (path === '/staff' || path.startsWith('/staff/')) return 'staff';
  return path.startsWith('/r/') ? 'receipt' : 'other';
}

/** Content-Security-Policy and Permissions-Policy of an address's path. Written by a stranger, so it is cut and never parsed. */
export function pageHeaders(url: string): Readonly<Record<string, string>> {
  const path = url.split('?', 1)[0] ?? '';
  const page = pageOf(path);
  // A worker obeys the policy of its own script, and WASM runs in the kiosk's worker alone.
  const runsWasm = page === 'kiosk' || path.startsWith('/assets/');
  const policy = {
    'default-src': "'none'",
    'script-src': `'self'${runsWasm ? " 'wasm-unsafe-eval'" : ''}`,
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    // The kiosk counts in a worker, and the staff screen checks an exported file in one.
    'worker-src': page === 'kiosk' || page === 'staff' ? "'self'" : "'none'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    // A receipt is read without JavaScript by a form.
    'form-action': page === 'receipt' ? "'self'" : "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'permissions-policy': [`camera=${CAMERA_FOR[page]}`, ...NEVER_USED.map((power) => `${power}=()`)].join(
      ', ',
    ),
  };
}
