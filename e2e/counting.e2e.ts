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
