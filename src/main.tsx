/** The one page's first script: the path picks the app, and each is loaded on its own. */
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root element.');

loadApp(location.pathname)
  .then(({ mount }) => mount(root))
  .catch(() => {
    // The app or its texts are not here, so this one sentence stands in both first languages.
    root.textContent = 'This page could not load. Please try again. 页面无法加载，请重试。';
  });

function loadApp(path: string): Promise<{ readonly mount: (root: HTMLElement) => void | Promise<void> }> {
  // Not in the bundle that is shipped: the build takes these lines out, and all that they would load.
  if (import.meta.env.MODE === 'looks') return import('#kiosk/looks');
  if (import.meta.env.MODE !== 'production' && path === '/gallery') return import('#gallery');
  if (path === '/staff' || path.startsWith('/staff/')) return import('#staff');
  return path.startsWith('/r/') ? import('#receipt') : import('#kiosk');
}
