import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Kiosk, shopOnServer, test } from './support/kiosk.ts';

async function visit({ sayYes, onStep, tap }: Kiosk): Promise<void> {
  await sayYes();
  await onStep('result');
  await tap('keep');
  await onStep('receipt');
  await tap('done');
  await onStep('attract');
}

test('two tablets with one cloned profile: the fork is found and shown, the copy asks nobody, and the first one’s chain goes on', async ({
  openKiosk,
  server,
  dataDir,
}) => {
  test.slow();
  const counted = async () => (await shopOnServer(server)).counted;
  const original = await openKiosk();
  await visit(original);
  await expect.poll(counted).toBe(1);
  await original.close();
  const clonedProfile = join(dataDir, 'cloned-tablet');
  await cp(original.profile, clonedProfile, { recursive: true });

  const again = await openKiosk({ profile: original.profile });
  await visit(again);
  await expect.poll(counted).toBe(2);
  const clone = await openKiosk({ profile: clonedProfile });
  await expect
    .poll(async () => (await shopOnServer(server)).kiosks.map(({ condition }) => condition), {
      timeout: 30_000,
    })
    .toEqual(['fork']);
  expect(await counted()).toBe(2);
  await clone.onStep('resting');
  await expect(clone.page.getByText('A copy of this tablet uses the same key.')).toBeVisible();
  await visit(again);
  await expect.poll(counted).toBe(3);
});
