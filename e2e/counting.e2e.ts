import { expect, kindsOnServer, test, todayOnServer } from './support/kiosk.ts';

for (const backend of ['webgl', 'wasm'] as const) {
  test.describe(`counting on ${backend}`, () => {
    test.use({ serverSettings: { vision: backend } });

    test('counts one adult as one, on the backend by that name', async ({ openKiosk, server }) => {
      const kiosk = await openKiosk({ feed: 'one-adult' });
      await kiosk.sayYes();
      await kiosk.onStep('result');
      await expect(kiosk.page.getByRole('heading')).toHaveText('We counted 1 person.');
      await kiosk.tap('keep');
      await kiosk.onStep('receipt');
      await expect.poll(async () => (await todayOnServer(server)).counted).toBe(1);
      const [status] = (await todayOnServer(server)).kiosks;
      expect(status?.health?.vision).toMatchObject({ backend, reason: 'chosen-by-setting' });
    });

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
  });
}

test('falls to WASM by itself where WebGL is software, and says so in the health report', async ({
  openKiosk,
  server,
}) => {
  const kiosk = await openKiosk();
  await kiosk.onStep('attract');
  await expect
    .poll(async () => (await todayOnServer(server)).kiosks[0]?.health?.vision, { timeout: 30_000 })
    .toMatchObject({ backend: 'wasm', reason: 'software-webgl' });
});

test('does not see a person outside the consent window', async ({ openKiosk, server }) => {
  const kiosk = await openKiosk({ feed: 'outside-the-window' });
  await kiosk.sayYes();
  await kiosk.onStep('result');
  await expect(kiosk.page.getByText('We did not see a face in the frame.')).toBeVisible();
  expect((await todayOnServer(server)).counted).toBe(0);
});

/** Notes every answer of the vision worker, every frame cut from the camera, and every track. */
function watchLooks(): void {
  const seen = {
    wiped: [] as unknown[],
    frames: [] as ImageBitmap[],
    tracks: [] as MediaStreamTrack[],
  };
  Object.assign(window, { seen });
  const OriginalWorker = Worker;
  window.Worker = class extends OriginalWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener(
        'message',
        ({ data }) => data.message.kind === 'wiped' && seen.wiped.push(data.message.left),
      );
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

for (const backend of ['webgl', 'wasm'] as const) {
  test.describe(`after a look on ${backend}`, () => {
    test.use({ serverSettings: { vision: backend } });

    test('tracks are stopped, frames are closed, and no tensor or texture of it is left', async ({
      openKiosk,
    }) => {
      test.slow();
      const { page, sayYes, onStep, tap } = await openKiosk({ feed: 'one-adult', beforePage: watchLooks });
      for (const demographics of [true, false, true]) {
        await sayYes({ demographics });
        await onStep('result');
        await tap('keep');
        await onStep('receipt');
        await tap('done');
      }
      const left = await page.evaluate(() => {
        const { seen } = window as unknown as {
          seen: {
            wiped: { tensors: number; bytes: number; pooledBytes: number }[];
            frames: ImageBitmap[];
            tracks: MediaStreamTrack[];
          };
        };
        return {
          wiped: seen.wiped,
          frames: seen.frames.map(({ width }) => width),
          tracks: seen.tracks.map(({ readyState }) => readyState),
        };
      });
      expect(left.tracks).toEqual(['ended', 'ended', 'ended']);
      // A closed or handed-over frame is zero pixels wide.
      expect(left.frames.length).toBeGreaterThanOrEqual(9);
      expect(new Set(left.frames)).toEqual(new Set([0]));
      // Only the weights stay: the same number of tensors and bytes after each look, and no texture kept for reuse.
      expect(left.wiped).toHaveLength(3);
      expect(new Set(left.wiped.map(({ tensors, bytes }) => `${tensors} ${bytes}`)).size).toBe(1);
      expect(left.wiped.map(({ pooledBytes }) => pooledBytes)).toEqual([0, 0, 0]);
    });
  });
}
