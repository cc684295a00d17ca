import { createServer } from 'node:http';
import { expect, test } from './support/kiosk.ts';

/** What belongs to one connection, or would let the browser answer from its cache. */
const LEFT_OUT = [
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'accept-encoding',
  'if-none-match',
  'if-modified-since',
  'etag',
];

/** A wire to the server, on which a new version of the program comes when the test says so: its service worker differs in one line. */
async function updatingProxy(serverUrl: string) {
  let isNew = false;
  const passedOn = (headers: Iterable<[string, unknown]>): [string, string][] =>
    [...headers].flatMap(([name, value]): [string, string][] =>
      typeof value !== 'string' || LEFT_OUT.includes(name) ? [] : [[name, value]],
    );
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(`${serverUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: [...passedOn(Object.entries(request.headers)), ['accept-encoding', 'identity']],
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(passedOn(answer.headers)));
    response.end(isNew && request.url === '/sw.js' ? Buffer.concat([body, Buffer.from('\n// new')]) : body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    publish: () => {
      isNew = true;
    },
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

test('a new version takes over between visits: none starts on the old one while the page waits to be loaded anew', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const wire = await updatingProxy(server.url);
  const { page, onStep, tap } = await openKiosk({
    url: wire.url,
    beforePage: () => {
      // The new version hears late that it may take over, as on a tablet that is busy.
      const post = ServiceWorker.prototype.postMessage;
      ServiceWorker.prototype.postMessage = function (this: ServiceWorker, message: unknown) {
        Object.assign(window, { letItTakeOver: () => post.call(this, message) });
      };
    },
  });
  await onStep('attract');
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await page.reload();
  await onStep('attract');
  await tap('start');
  await onStep('choose');
  wire.publish();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const isWaiting = () => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
  await expect.poll(isWaiting).toBe(true);
  // The visit goes on as if nothing had come.
  await onStep('choose');
  await tap('decline');
  await onStep('declined');
  await tap('done');

  await expect(page.getByRole('heading')).toHaveText('Starting…');
  await expect(page.locator('[data-action=start]')).toHaveCount(0);
  const loadedAnew = page.waitForEvent('load');
  await page.evaluate(() => (window as unknown as { letItTakeOver: () => void }).letItTakeOver());
  await loadedAnew;
  await onStep('attract');
  expect(await isWaiting()).toBe(false);
  wire.close();
});

/** A bug that only a new version mends: the screen that waits for visitors cannot be shown. */
function breakUntilNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => localStorage.setItem('mended', 'yes'));
  const data = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'dataset')?.get;
  Object.defineProperty(HTMLElement.prototype, 'dataset', {
    get(this: HTMLElement) {
      return new Proxy(data?.call(this), {
        set(target, name, value) {
          if (name === 'idle' && localStorage.getItem('mended') === null)
            throw new Error('This screen is broken.');
          return Reflect.set(target, name, value);
        },
      });
    },
  });
}

test('a kiosk that crashes whenever it is loaded gets the version that mends it', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const wire = await updatingProxy(server.url);
  const { page, onStep } = await openKiosk({ url: wire.url });
  await onStep('attract');
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await page.addInitScript(breakUntilNewVersion);
  await page.reload();
  await onStep('resting');
  wire.publish();
  await onStep('attract');
  wire.close();
});

/** A bug that only a new version mends: what the tablet keeps cannot be opened. */
function breakStorageUntilNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => localStorage.setItem('mended', 'yes'));
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (this: IDBFactory, ...wanted) {
    if (localStorage.getItem('mended') === null) throw new DOMException('', 'UnknownError');
    return open.apply(this, wanted);
  };
}

test('a tablet that cannot be opened gets the version that mends it, though nobody loads its page', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  const wire = await updatingProxy(server.url);
  const { page, onStep } = await openKiosk({ url: wire.url });
  await onStep('attract');
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await page.addInitScript(breakStorageUntilNewVersion);
  await page.reload();
  await onStep('resting');
  wire.publish();
  // The tablet looks for it by itself every ten minutes.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await onStep('attract');
  wire.close();
});
