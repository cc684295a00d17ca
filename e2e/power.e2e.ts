import { holdFrames } from './support/hold-frames.ts';
import { expect, type Kiosk, ledgerOnTablet, type StoredEntry, shopOnServer, test } from './support/kiosk.ts';
import { codeOnScreen, typeCode } from './support/withdrawal-code.ts';

/** Faults 1 to 4: the plug is pulled, for real, and the tablet starts again with the same storage. */
const of = (entries: readonly StoredEntry[], kind: string) =>
  entries.filter(({ entry }) => entry.kind === kind);

async function afterPowerCut(kiosk: Kiosk, openKiosk: (options: { profile: string }) => Promise<Kiosk>) {
  await kiosk.pullPlug();
  const again = await openKiosk({ profile: kiosk.profile });
  await again.onStep('attract');
  return { again, entries: await ledgerOnTablet(again.page) };
}

/** What must hold whatever the moment was. */
function expectSound(entries: readonly StoredEntry[]): void {
  const issued = of(entries, 'receipt-issued').map(({ body }) => body.receiptId);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index));
  expect(of(entries, 'look-closed').map(({ body }) => body.lookId)).toEqual(
    of(entries, 'look-opened').map(({ body }) => body.lookId),
  );
  for (const { body } of of(entries, 'look-opened'))
    expect(issued).toEqual(expect.arrayContaining(body.receiptIds as unknown[]));
  const counted = of(entries, 'contribution-recorded').map(({ body }) => body.receiptId);
  expect(new Set(counted).size).toBe(counted.length);
}

for (const [place, taps] of [
  ['attract', []],
  ['the choice', ['start']],
  ['the details', ['start', 'details']],
  ['the age question', ['start', 'agree']],
] as const) {
  test(`power fails at ${place}: no receipt, no camera, nothing counted`, async ({ openKiosk }) => {
    const kiosk = await openKiosk();
    await kiosk.onStep('attract');
    for (const action of taps) await kiosk.tap(action);
    const { entries } = await afterPowerCut(kiosk, openKiosk);
    expectSound(entries);
    expect(of(entries, 'receipt-issued')).toEqual([]);
    expect(of(entries, 'look-opened')).toEqual([]);
  });
}

test('power fails between the receipt and the camera: the receipt is valid, no look is shown, and it can be taken back', async ({
  openKiosk,
  server,
}) => {
  // What is written before the camera opens is not, so that the plug is pulled at a known moment: after the commit.
  const kiosk = await openKiosk({
    beforePage: () => {
      const add = IDBObjectStore.prototype.add;
      IDBObjectStore.prototype.add = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
        const { entry } = (value ?? {}) as { entry?: { kind?: string } };
        if (entry?.kind === 'look-opened') throw new DOMException('The power is gone.', 'AbortError');
        return add.call(this, value, key);
      };
    },
  });
  await kiosk.sayYes();
  await kiosk.onStep('receipt');
  await expect(kiosk.page.getByRole('heading')).toHaveText('We did not count you.');
  const code = await codeOnScreen(kiosk.page);
  const { again, entries } = await afterPowerCut(kiosk, openKiosk);
  expectSound(entries);
  expect(of(entries, 'receipt-issued')).toHaveLength(1);
  expect(of(entries, 'look-opened')).toEqual([]);
  await expect
    .poll(async () => (await server.context.db.selectFrom('receipt').select('id').execute()).length)
    .toBe(1);
  expect((await shopOnServer(server)).counted).toBe(0);
  await again.tap('take-back');
  await typeCode(again.page, code);
  await expect(again.page.getByRole('heading')).toHaveText('Done. We do not count you.');
  expect(
    of(await ledgerOnTablet(again.page), 'contribution-withdrawn').map(({ body }) => body.receiptId),
  ).toEqual(of(entries, 'receipt-issued').map(({ body }) => body.receiptId));
});

test('power fails while the camera is open: the look is closed as interrupted, and counts nothing', async ({
  openKiosk,
  server,
}) => {
  const kiosk = await openKiosk({ beforePage: holdFrames });
  await kiosk.sayYes();
  await kiosk.page.locator('.preview-window').waitFor();
  const { entries } = await afterPowerCut(kiosk, openKiosk);
  expectSound(entries);
  expect(of(entries, 'look-closed').map(({ body }) => body)).toEqual([
    expect.objectContaining({ ending: 'interrupted', openMs: null }),
  ]);
  expect(of(entries, 'contribution-recorded')).toEqual([]);
  await expect
    .poll(async () => (await server.context.db.selectFrom('look').select('ending').execute())[0]?.ending)
    .toBe('interrupted');
});

test('power fails at any moment from the yes to the result: never half a look, never counted twice', async ({
  openKiosk,
  server,
}) => {
  test.slow();
  let kiosk = await openKiosk();
  for (const delay of [0, 30, 80, 250, 700, 1_200]) {
    await kiosk.sayYes();
    await new Promise((resolve) => setTimeout(resolve, delay));
    const { again, entries } = await afterPowerCut(kiosk, openKiosk);
    expectSound(entries);
    kiosk = again;
  }
  const counted = of(await ledgerOnTablet(kiosk.page), 'contribution-recorded').length;
  await expect.poll(async () => (await shopOnServer(server)).counted).toBe(counted);
});

for (const step of ['result', 'receipt'] as const) {
  test(`power fails at the ${step}: what the visitor was told is kept`, async ({ openKiosk }) => {
    const kiosk = await openKiosk();
    await kiosk.sayYes();
    await kiosk.onStep('result');
    if (step === 'receipt') {
      await kiosk.tap('keep');
      await kiosk.onStep('receipt');
    }
    const { entries } = await afterPowerCut(kiosk, openKiosk);
    expectSound(entries);
    expect(of(entries, 'contribution-recorded')).toHaveLength(1);
  });
}
