import { createServer } from 'node:http';
import { expect, test } from './support/kiosk.ts';

/** A wire to the server, on which a new version of the program comes when the test says so: its service worker differs in one byte. */
async function updatingProxy(serverUrl: string) {
  let isNew = false;
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = { ...request.headers, host: new URL(serverUrl).host, 'accept-encoding': 'identity' };
    const answer = await fetch(`${serverUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        typeof value !== 'string' || name === 'connection' || name === 'content-length'
          ? []
          : [[name, value]],
      ),
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const isServiceWorker = request.url?.startsWith('/sw.js') === true;
    const unchanged = [...answer.headers].filter(
      ([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name),
    );
    response.writeHead(answer.status, Object.fromEntries(unchanged));
    response.end(isServiceWorker && isNew ? Buffer.concat([body, Buffer.from('\n// new')]) : body);
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
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
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
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
  wire.close();
});
