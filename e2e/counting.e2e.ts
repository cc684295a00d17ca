import { holdFrames, letFramesCome } from './support/hold-frames.ts';
import { expect, kindsOnServer, ledgerOnTablet, shopOnServer, test } from './support/kiosk.ts';

for (const backend of ['webgl', 'wasm'] as const) {
  test.describe(`counting on ${backend}`, () => {
    test.use({ serverSettings: { vision: backend } });

    test('counts one adult as one, on the backend by that name', async ({ openKiosk, server }) => {
      test.slow();
      const kiosk = await openKiosk({ feed: 'one-adult' });
      await kiosk.sayYes();
      await kiosk.onStep('result');
      await expect(kiosk.page.getByRole('heading')).toHaveText('We counted 1 person.');
      await kiosk.tap('keep');
      await kiosk.onStep('receipt');
      await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
      const [status] = (await shopOnServer(server)).kiosks;
      expect(status?.health?.vision).toMatchObject({ backend, reason: 'chosen-by-setting' });
    });
  });
}

test('counts nothing when nobody is there', async ({ openKiosk, server }) => {
  const kiosk = await openKiosk({ feed: 'nobody' });
  await kiosk.sayYes();
  await kiosk.onStep('result');
  await expect(kiosk.page.getByRole('heading')).toHaveText('We did not count you.');
  await expect(kiosk.page.getByText('We did not see a face in the frame.')).toBeVisible();
  await expect.poll(() => kindsOnServer(server)).toContain('look-closed');
  expect(await kindsOnServer(server)).not.toContain('contribution-recorded');
});

test('counts nothing and says why when two people are there and one said yes', async ({
  openKiosk,
  server,
}) => {
  const kiosk = await openKiosk({ feed: 'two-people' });
  await kiosk.sayYes({ demographics: true });
  await kiosk.onStep('result');
  await expect(kiosk.page.getByText('There were more people in the frame than said yes.')).toBeVisible();
  await expect(kiosk.page.getByTestId('estimate')).toHaveCount(0);
  await expect.poll(() => kindsOnServer(server)).toContain('look-closed');
  expect(await kindsOnServer(server)).not.toContain('contribution-recorded');
  // One more try is offered, and no third.
  await kiosk.tap('again');
  await kiosk.onStep('looking');
  await kiosk.onStep('result');
  await expect(kiosk.page.locator('[data-action=again]')).toHaveCount(0);
  await expect
    .poll(async () => (await kindsOnServer(server)).filter((kind) => kind === 'look-closed').length)
    .toBe(2);
  expect((await kindsOnServer(server)).filter((kind) => kind === 'receipt-issued')).toHaveLength(1);
});

test.describe('without a setting', () => {
  test.use({ serverSettings: { vision: 'auto' } });

  test('times both backends and takes the faster, which on software WebGL is WASM, and says so', async ({
    openKiosk,
    server,
  }) => {
    test.slow();
    const kiosk = await openKiosk();
    await kiosk.onStep('attract');
    const vision = async () => (await shopOnServer(server)).kiosks[0]?.health?.vision;
    // A machine that is busy may not get WebGL ready in its time at all.
    await expect
      .poll(async () => (await vision())?.reason, { timeout: 60_000 })
      .toMatch(/^(wasm-faster|webgl-too-slow)$/);
    const { backend, frameMs } = (await vision()) ?? {};
    expect(backend).toBe('wasm');
    expect(frameMs?.wasm).toBeGreaterThan(0);
    expect(frameMs?.wasm).toBeLessThan(frameMs?.webgl ?? Number.POSITIVE_INFINITY);
    // The one that lost is gone.
    await expect.poll(() => kiosk.page.workers().length, { timeout: 30_000 }).toBe(1);
  });
});

test('does not count a picture on the wall, which is a face to the networks', async ({ openKiosk }) => {
  const kiosk = await openKiosk({ feed: 'poster' });
  await kiosk.sayYes();
  await kiosk.onStep('result');
  await expect(kiosk.page.getByText('We could not see well enough to be sure.')).toBeVisible();
  const entries = await ledgerOnTablet(kiosk.page);
  const closed = entries.find(({ entry }) => entry.kind === 'look-closed')?.body;
  expect(closed).toMatchObject({ ending: 'undecided', framesRefused: 0 });
  expect(Number(closed?.openMs)).toBeGreaterThan(3_000);
  expect(entries.map(({ entry }) => entry.kind)).not.toContain('contribution-recorded');
});

/** Notes each frame as it is handed over to the worker: its size, and a hash of its pixels. */
function hashFrames(): void {
  const hashes: Promise<string>[] = [];
  Object.assign(window, { hashes });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, message: never, transfer: never) {
    const { kind, frame } = (message as { message: { kind: string; frame: ImageBitmap } }).message;
    if (kind === 'inspect') {
      const { width, height } = frame;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context?.drawImage(frame, 0, 0);
      const pixels = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      const hashed = crypto.subtle.digest('SHA-256', pixels);
      hashes.push(hashed.then((bytes) => `${width}x${height} ${new Uint8Array(bytes).join()}`));
    }
    return post.call(this, message, transfer);
  };
}
const framesHandedOver = () => Promise.all((window as unknown as { hashes: Promise<string>[] }).hashes);

test('hands over the same pixels with a person outside the consent window as with nobody at all', async ({
  openKiosk,
  server,
}) => {
  const seen: Set<string>[] = [];
  for (const feed of ['nobody', 'outside-the-window'] as const) {
    const { page, sayYes, onStep, close } = await openKiosk({ feed, beforePage: hashFrames });
    await sayYes();
    await onStep('result');
    await expect(page.getByText('We did not see a face in the frame.')).toBeVisible();
    seen.push(new Set(await page.evaluate(framesHandedOver)));
    await close();
  }
  // Nothing in the room moves, so every frame is the same one; the person outside sways in each.
  expect(seen[0]?.size).toBe(1);
  expect(seen[1]).toEqual(seen[0]);
  expect((await shopOnServer(server)).counted).toBe(0);
});

test('looks where the visitor moves the frame, and nowhere else', async ({ openKiosk }) => {
  const { page, sayYes, onStep, tap } = await openKiosk({ feed: 'at-the-top', beforePage: holdFrames });
  await sayYes();
  const outline = page.locator('.preview-window');
  await outline.waitFor();
  const places = async () => {
    const [window, preview] = await Promise.all([
      outline.boundingBox(),
      page.locator('.preview').boundingBox(),
    ]);
    const [inner, outer] = [window ?? { y: 0, height: 0 }, preview ?? { y: 0, height: 1 }];
    return {
      top: (inner.y - outer.y) / outer.height,
      bottom: (inner.y + inner.height - outer.y) / outer.height,
    };
  };
  await expect(page.locator('[data-action=window-larger]')).toBeDisabled();
  const widest = await places();
  // To the smallest frame at the bottom edge, where there is a shirt and no face.
  for (const move of ['down', 'smaller', 'down']) await tap(`window-${move}`);
  await expect(page.locator('[data-action=window-down]')).toBeDisabled();
  const bottom = await places();
  expect(bottom.bottom).toBeCloseTo(widest.bottom, 1);
  expect(bottom.top).toBeGreaterThan(0.4);
  await page.evaluate(letFramesCome);
  await onStep('result');
  // Where few frames came in its time, it says that it is not sure instead of that nobody was there.
  await expect(page.getByRole('heading')).toHaveText('We did not count you.');
  // The next visitor finds it wide again.
  await tap('done');
  await onStep('receipt');
  await tap('done');
  await sayYes();
  await onStep('result');
  await expect(page.getByRole('heading')).toHaveText('We counted 1 person.');
});

interface SeenWorker {
  frames: number;
  isWarm: boolean;
  isEnded: boolean;
}
interface Seen {
  readonly workers: SeenWorker[];
  readonly frames: ImageBitmap[];
  readonly tracks: MediaStreamTrack[];
}

/** Notes every worker and how many frames it got, every frame cut from the camera, and every track. */
function watchLooks(): void {
  const seen: Seen = { workers: [], frames: [], tracks: [] };
  Object.assign(window, { seen });
  const OriginalWorker = Worker;
  window.Worker = class extends OriginalWorker {
    readonly seen: SeenWorker = { frames: 0, isWarm: false, isEnded: false };
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      seen.workers.push(this.seen);
      this.addEventListener('message', ({ data }) => {
        if (data.message.kind === 'warm') this.seen.isWarm = true;
      });
    }
    override postMessage(...[message, transfer]: [unknown, never]) {
      if ((message as { message: { kind: string } }).message.kind === 'inspect') this.seen.frames += 1;
      super.postMessage(message, transfer);
    }
    override terminate() {
      this.seen.isEnded = true;
      super.terminate();
    }
  };
  const originalCut = createImageBitmap.bind(window);
  window.createImageBitmap = (async (...cut: Parameters<typeof createImageBitmap>) => {
    const frame = await originalCut(...cut);
    seen.frames.push(frame);
    return frame;
  }) as typeof createImageBitmap;
  const devices = navigator.mediaDevices;
  const originalOpen = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await originalOpen(constraints);
    seen.tracks.push(...stream.getTracks());
    return stream;
  };
}
/** What there is to see of it now. A closed or handed-over frame is zero pixels wide. */
function whatIsSeen() {
  const { seen } = window as unknown as { seen: Seen };
  return {
    workers: seen.workers,
    frameWidths: seen.frames.map(({ width }) => width),
    tracks: seen.tracks.map(({ readyState }) => readyState),
  };
}

test('after a look the worker that saw it is gone, a fresh one gets warm, tracks are stopped and frames are closed', async ({
  openKiosk,
}) => {
  test.slow();
  const { page, sayYes, onStep, tap } = await openKiosk({ feed: 'one-adult', beforePage: watchLooks });
  for (const [index, demographics] of [true, false].entries()) {
    await sayYes({ demographics });
    await onStep('result');
    const { workers, frameWidths, tracks } = await page.evaluate(whatIsSeen);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([...Array(index + 1).fill(true), false]);
    expect(workers[index]?.frames).toBeGreaterThanOrEqual(3);
    expect(workers.at(-1)?.frames).toBe(0);
    expect(tracks).toEqual(Array(index + 1).fill('ended'));
    expect(frameWidths.length).toBeGreaterThanOrEqual(3 * (index + 1));
    expect(new Set(frameWidths)).toEqual(new Set([0]));
    // The browser says the same: of all the workers there were, one is left, and nobody had to ask for it to get warm.
    await expect.poll(() => page.workers().length).toBe(1);
    await expect
      .poll(async () => (await page.evaluate(whatIsSeen)).workers.at(-1)?.isWarm, { timeout: 30_000 })
      .toBe(true);
    await tap('keep');
    await onStep('receipt');
    await tap('done');
  }
});

test('a look that was refused, stopped or failed leaves no worker that saw it either', async ({
  openKiosk,
}) => {
  test.slow();
  const { page, sayYes, onStep, tap } = await openKiosk({
    feed: 'two-people',
    beforePage: watchLooks,
  });
  const sawFrames = async () => {
    const { workers } = await page.evaluate(whatIsSeen);
    return workers.filter(({ frames }) => frames > 0).map(({ isEnded }) => isEnded);
  };
  await sayYes();
  await onStep('result');
  await expect(page.getByText('There were more people in the frame than said yes.')).toBeVisible();
  expect(await sawFrames()).toEqual([true]);
  // The retry finds a worker of its own.
  await tap('again');
  await onStep('looking');
  await onStep('result');
  expect(await sawFrames()).toEqual([true, true]);
  await tap('done');
  await onStep('receipt');
  await tap('done');

  // From here on the worker gets no frame, and so says nothing of it: a worker that hangs.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    const original = Object.getPrototypeOf(Worker.prototype).postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: never, transfer: never) {
      const { kind } = (message as { message: { kind: string } }).message;
      if (kind !== 'inspect') return post.call(this, message, transfer);
      (this as unknown as { seen: SeenWorker }).seen.frames += 1;
      original.call(
        this,
        {
          id: -1,
          message: {
            kind: 'nothing',
            frame: (message as { message: { frame: ImageBitmap } }).message.frame,
          },
        },
        transfer,
      );
    };
  });
  await sayYes();
  await expect.poll(async () => (await sawFrames()).length, { timeout: 45_000 }).toBe(3);
  await tap('stop');
  await expect(page.getByText('You stopped the camera.')).toBeVisible({ timeout: 2_000 });
  expect(await sawFrames()).toEqual([true, true, true]);
  await tap('done');
  await onStep('receipt');
  await tap('done');
  await sayYes();
  await onStep('result');
  await expect(page.getByText('The counting program stopped working.')).toBeVisible();
  expect(await sawFrames()).toEqual([true, true, true, true]);
  expect(new Set((await page.evaluate(whatIsSeen)).tracks)).toEqual(new Set(['ended']));
  expect(new Set((await page.evaluate(whatIsSeen)).frameWidths)).toEqual(new Set([0]));
});
