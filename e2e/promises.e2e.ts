import { AGE_BANDS, GENDERS } from '../src/counting/bands.ts';
import { dumpStorage } from './support/dump-storage.ts';
import { findPictures } from './support/images.ts';
import { expect, kindsOnTablet, ledgerOnTablet, shopOnServer, test } from './support/kiosk.ts';
import { linkInQrCode } from './support/qr-code.ts';
import { recordingProxy } from './support/recording-proxy.ts';

/** At each call for a camera: what the ledger on disk says at that very moment. */
function noteLedgerAtCamera(): void {
  const calls: string[][] = [];
  Object.assign(window, { ledgerAtCamera: calls });
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const kinds = await new Promise<string[]>((resolve) => {
      const opening = indexedDB.open('askfirst');
      opening.onsuccess = () => {
        const all = opening.result.transaction('entries').objectStore('entries').getAll();
        all.onsuccess = () => {
          opening.result.close();
          resolve((all.result as { entry: { kind: string } }[]).map(({ entry }) => entry.kind));
        };
      };
    });
    calls.push(kinds);
    return original(constraints);
  };
}
const ledgerAtCamera = () => (window as unknown as { ledgerAtCamera: string[][] }).ledgerAtCamera;

test.describe('promise 1: no receipt, no camera', () => {
  test('the receipt and the look stand in the ledger before the camera is asked for', async ({
    openKiosk,
  }) => {
    const { page, sayYes, onStep } = await openKiosk({ beforePage: noteLedgerAtCamera });
    await onStep('attract');
    expect(await page.evaluate(ledgerAtCamera)).toEqual([]);
    await sayYes();
    await onStep('result');
    const calls = await page.evaluate(ledgerAtCamera);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.slice(-2)).toEqual(['receipt-issued', 'look-opened']);
  });

  test('a tablet that cannot store the receipt rests, and its camera stays shut', async ({
    openKiosk,
    server,
  }) => {
    const { page, sayYes, onStep } = await openKiosk({ beforePage: noteLedgerAtCamera });
    await onStep('attract');
    // The disk is full from here on: what the browser then throws is thrown, at the first write of a receipt.
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      };
    });
    await sayYes();
    await onStep('resting');
    await expect(page.getByText('This tablet is resting.')).toBeVisible();
    expect(await page.evaluate(ledgerAtCamera)).toEqual([]);
    expect(await kindsOnTablet(page)).not.toContain('receipt-issued');
    expect((await shopOnServer(server)).counted).toBe(0);
  });

  test('a page that taps by itself gets no camera out of a no', async ({ openKiosk }) => {
    const { page, tap, onStep } = await openKiosk({ beforePage: noteLedgerAtCamera });
    await onStep('attract');
    await tap('start');
    await onStep('choose');
    // Fifty taps on everything that can be tapped, faster than any hand, and then a no.
    const taps = await page.evaluate(() => {
      let tapped = 0;
      for (let round = 0; round < 50; round += 1) {
        for (const control of document.querySelectorAll<HTMLElement>(
          '[data-action=details], [data-action=demographics]',
        )) {
          control.click();
          tapped += 1;
        }
      }
      return tapped;
    });
    expect(taps).toBeGreaterThanOrEqual(50);
    await tap('decline');
    await onStep('declined');
    expect(await page.evaluate(ledgerAtCamera)).toEqual([]);
  });
});

test('the search for pictures finds every format that a browser makes, and none in what only begins like one', async ({
  page,
}) => {
  const made = await page.evaluate(() => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext('2d')?.fillRect(0, 0, 32, 32);
    const types = ['image/jpeg', 'image/png', 'image/webp'];
    return Promise.all(
      types.map(async (type) => [
        ...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer()),
      ]),
    );
  });
  const bitmap = Buffer.alloc(54);
  bitmap.write('BM6');
  bitmap.writeUInt32LE(54, 10);
  bitmap.writeUInt32LE(40, 14);
  const pictures = [...made.map((bytes) => Buffer.from(bytes)), bitmap];
  const names = pictures.map((bytes) =>
    findPictures([{ where: 'it', bytes: Buffer.concat([Buffer.from('xBM'), bytes]) }]),
  );
  expect(names).toEqual([['JPEG in it'], ['PNG in it'], ['WebP in it'], ['BMP in it']]);
  for (const bytes of pictures.slice(0, 2)) {
    expect(findPictures([{ where: 'it', bytes: Buffer.from(bytes.toString('base64')) }])).toHaveLength(1);
  }

  const receipt = Buffer.from('eyJhbGciOiJFUzI1NiJ9.BM6k9/9j/BMGIF8c6KHMtqPZ');
  expect(findPictures([{ where: 'a receipt', bytes: receipt }])).toEqual([]);
});

test('promise 2: after a visit no picture is in any request, in any storage or in any cache', async ({
  openKiosk,
  server,
}) => {
  const wire = await recordingProxy(server.url);
  const kiosk = await openKiosk({ url: wire.url });
  await kiosk.sayYes({ demographics: true });
  await kiosk.onStep('result');
  await kiosk.tap('keep');
  await kiosk.onStep('receipt');
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  expect(wire.sent().some(({ bytes }) => bytes.includes('contribution-recorded'))).toBe(true);
  const stored = await dumpStorage(kiosk.page);
  expect(stored.some(({ where }) => where.startsWith('IndexedDB askfirst/entries'))).toBe(true);
  expect(findPictures([...wire.sent(), ...stored])).toEqual([]);

  // The same check finds a picture that was planted in each place, so it can fail.
  await kiosk.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext('2d')?.fillRect(0, 0, 32, 32);
    const picture = await canvas.convertToBlob({ type: 'image/jpeg' });
    const opening = indexedDB.open('planted', 1);
    await new Promise((resolve) => {
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('blobs', { autoIncrement: true });
      };
      opening.onsuccess = resolve;
    });
    const writing = opening.result.transaction('blobs', 'readwrite');
    writing.objectStore('blobs').add(picture);
    writing.objectStore('blobs').add(new Uint8Array(64 * 64 * 4).fill(200));
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    opening.result.close();
    await (await caches.open('planted')).put('/planted', new Response(picture));
    localStorage.setItem('planted', `data:image/jpeg;base64,/9j/4AAQ`);
    await fetch('/api/planted', { method: 'POST', body: picture }).catch(() => undefined);
  });
  const found = findPictures([...wire.sent(), ...(await dumpStorage(kiosk.page))]).join('\n');
  for (const place of [
    'IndexedDB planted',
    'raw bytes in IndexedDB',
    'cache planted',
    'web storage',
    'JPEG in connection',
  ]) {
    expect(found).toContain(place);
  }
  await wire.close();
});

test('promise 3: a child in the arms or a friend beside is not counted on one person’s yes', async ({
  openKiosk,
}) => {
  const { page, sayYes, onStep } = await openKiosk({ feed: 'two-people' });
  await sayYes();
  await onStep('result');
  const entries = await ledgerOnTablet(page);
  expect(entries.find(({ entry }) => entry.kind === 'look-closed')?.body).toMatchObject({
    ending: 'too-many-people',
  });
  expect(entries.filter(({ entry }) => entry.kind === 'contribution-recorded')).toEqual([]);
});

test('promise 4: every camera second stands in the ledger, with its receipt', async ({ openKiosk }) => {
  const { page, sayYes, tap, onStep } = await openKiosk({
    beforePage: () => {
      // What a bystander with a stopwatch would see: from the camera's light going on to its going off.
      const seconds: number[] = [];
      Object.assign(window, { cameraMs: seconds });
      const devices = navigator.mediaDevices;
      const original = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (constraints) => {
        const stream = await original(constraints);
        const openedAt = performance.now();
        for (const track of stream.getTracks()) {
          const stop = track.stop.bind(track);
          track.stop = () => {
            if (track.readyState === 'live') seconds.push(performance.now() - openedAt);
            stop();
          };
        }
        return stream;
      };
    },
  });
  for (const answer of ['keep', 'delete']) {
    await sayYes();
    await onStep('result');
    await tap(answer);
    await onStep('receipt');
    await tap('done');
  }
  const watched = await page.evaluate(() => (window as unknown as { cameraMs: number[] }).cameraMs);
  const entries = await ledgerOnTablet(page);
  const issued = entries
    .filter(({ entry }) => entry.kind === 'receipt-issued')
    .map(({ body }) => body.receiptId);
  const closed = entries.filter(({ entry }) => entry.kind === 'look-closed');
  expect(watched).toHaveLength(2);
  expect(closed.map(({ body }) => body.receiptIds)).toEqual(issued.map((id) => [id]));
  for (const [index, { body }] of closed.entries()) {
    expect(Math.abs(Number(body.openMs) - (watched[index] ?? 0))).toBeLessThan(250);
  }
});

test('promise 4: a camera that is on and gives no picture is said to be on, stops at once, and stands in the ledger', async ({
  openKiosk,
}) => {
  const { page, sayYes, tap, onStep } = await openKiosk({
    beforePage: () => {
      const tracks: MediaStreamTrack[] = [];
      Object.assign(window, { tracks });
      navigator.mediaDevices.getUserMedia = async () => {
        const { MediaStreamTrackGenerator } = window as unknown as {
          MediaStreamTrackGenerator: new (options: { kind: 'video' }) => MediaStreamTrack;
        };
        const track = new MediaStreamTrackGenerator({ kind: 'video' });
        tracks.push(track);
        return new MediaStream([track]);
      };
      // Heard after everything that the program does at a tap.
      addEventListener('click', ({ target }) => {
        if (!(target instanceof Element) || target.closest('[data-action=stop]') === null) return;
        Object.assign(window, { liveAfterTap: tracks.some(({ readyState }) => readyState === 'live') });
      });
    },
  });
  const live = () =>
    page.evaluate(
      () =>
        (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(
          ({ readyState }) => readyState === 'live',
        ).length,
    );
  await sayYes();
  await expect(page.getByText('Camera on')).toBeVisible({ timeout: 45_000 });
  await page.waitForTimeout(1_500);
  expect(await live()).toBe(1);
  await tap('stop');
  // At once is by the time that the tap itself is over.
  expect(await page.evaluate(() => (window as { liveAfterTap?: boolean }).liveAfterTap)).toBe(false);
  await onStep('result');
  await expect(page.getByText('You stopped the camera.')).toBeVisible();
  const [closed] = (await ledgerOnTablet(page)).filter(({ entry }) => entry.kind === 'look-closed');
  expect(closed?.body).toMatchObject({ ending: 'stopped', framesSeen: 0 });
  expect(closed?.body.openMs).toBeGreaterThan(1_500);
});

/** What could make one of two buttons catch the eye before the other. */
const LOOKS_OF_A_BUTTON = [
  ...['color', 'background-color', 'background-image', 'opacity', 'filter', 'transform', 'animation-name'],
  ...['border-color', 'border-width', 'border-radius', 'outline-width', 'box-shadow', 'padding-block-start'],
  ...['font-size', 'font-weight', 'font-style', 'text-decoration-line', 'text-transform', 'letter-spacing'],
];

test('promise 5: no and yes have one size, one look and one number of taps', async ({ openKiosk }) => {
  const { page, tap, onStep } = await openKiosk();
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 800, height: 1280 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await onStep('attract');
    await tap('start');
    await onStep('choose');
    const [no, yes] = await Promise.all(
      ['decline', 'agree'].map((action) =>
        page.locator(`[data-action=${action}]`).evaluate((button, looksOfButton) => {
          const { width, height, top } = button.getBoundingClientRect();
          const style = getComputedStyle(button);
          const looks = looksOfButton.map((property) => [property, style.getPropertyValue(property)]);
          return {
            width: Math.round(width),
            height: Math.round(height),
            top,
            ...Object.fromEntries(looks),
          };
        }, LOOKS_OF_A_BUTTON),
      ),
    );
    expect(no).toEqual(yes);
    await tap('decline');
    await onStep('declined');
    await tap('done');
  }
});

test('promise 6: a withdrawal on the phone takes the visitor out, and reaches the tablet’s ledger', async ({
  openKiosk,
  server,
}) => {
  const { page, sayYes, onStep, tap } = await openKiosk();
  const issued = page.waitForRequest(
    (request) => request.url().endsWith('/entries') && (request.postData() ?? '').includes('receipt-issued'),
  );
  await sayYes();
  await onStep('result');
  await issued;
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(1);
  await tap('keep');
  await onStep('receipt');
  const link = await linkInQrCode(page);
  const [path, fragment] = link.split('#');
  const receiptId = path?.split('/').at(-1);
  const secret = fragment?.split('.')[0];
  const withdraw = (sentSecret: string) =>
    page.request.post(`${server.url}/api/receipts/${receiptId}/withdraw`, { data: { secret: sentSecret } });

  expect(await (await withdraw('AAAAAAAAAAAAAAAAAAAAAA')).json()).toEqual({ state: 'unknown' });
  expect((await shopOnServer(server)).counted).toBe(1);
  for (const _ of ['once', 'twice']) {
    expect(await (await withdraw(secret ?? '')).json()).toMatchObject({ contribution: 'withdrawn' });
  }
  expect((await shopOnServer(server)).counted).toBe(0);
  await page.reload();
  await expect.poll(() => kindsOnTablet(page)).toContain('contribution-withdrawn');
});

test('promise 7: one person’s age and gender are in no request, whatever the visit', async ({
  openKiosk,
  server,
}) => {
  const wire = await recordingProxy(server.url);
  const kiosk = await openKiosk({ url: wire.url });
  for (const answer of ['keep', 'delete', 'keep']) {
    await kiosk.sayYes({ demographics: true });
    await kiosk.onStep('result');
    await expect(kiosk.page.getByTestId('estimate')).toBeVisible();
    await kiosk.tap(answer);
    await kiosk.onStep('receipt');
    await kiosk.tap('done');
    await kiosk.onStep('attract');
  }
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(2);
  // The tablet knows it, so there was something to leak.
  const stored = (await dumpStorage(kiosk.page)).filter(
    ({ where }) => where.includes('answers') && where.endsWith('.cell'),
  );
  expect(stored.length).toBe(2);
  const words = [...AGE_BANDS, ...GENDERS].map((word) => `"${word}"`);
  const cells = AGE_BANDS.flatMap((band) => GENDERS.map((gender) => `${band}/${gender}`));
  const leaks = (texts: readonly string[]) =>
    texts.filter((text) =>
      [...words, ...cells, '"age":', 'ageYears', 'femaleProbability'].some((word) => text.includes(word)),
    );
  const sent = wire.sent().map(({ bytes }) => bytes.toString());
  expect(sent.join()).toContain('contribution-recorded');
  expect(leaks(sent)).toEqual([]);
  expect(leaks(stored.map(({ bytes }) => bytes.toString()))).toHaveLength(2);
  // Receipts are signed and so unreadable to a search: what they say is opened and searched too.
  const receipts = (await ledgerOnTablet(kiosk.page)).flatMap(({ body }) =>
    'receipt' in body ? [String(body.receipt)] : [],
  );
  const payloads = receipts.map((receipt) =>
    Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString(),
  );
  expect(payloads).toHaveLength(3);
  expect(leaks(payloads)).toEqual([]);
  expect((await shopOnServer(server)).released).toEqual({ people: 0, cells: {} });
  await wire.close();
});
