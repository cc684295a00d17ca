import { cp } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { apiPaths, type PairResponse, type Refusal } from '#protocol';
import { type KioskId, randomId, type ShopId } from '#values';
import { revokeKiosk } from '../people.ts';
import { everCounted } from '../retention/testing/retention-world.ts';
import { must } from '../testing/must.ts';
import { random, startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { putOtherShop } from '../testing/test-officer.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';
import { makePairingCode } from './pair.ts';

const shopId = DEMO_SHOP as ShopId;
const reasonOf = ({ body }: { body: unknown }) => (body as Refusal).reason;

/** A kiosk that was let in after the backup was made that its server was then put back to. */
async function restoredServer() {
  const [dataDir, backup] = [await temporaryDir(), await temporaryDir()];
  const seeded = await startTestServer({ dataDir });
  const other = await putOtherShop(seeded);
  await seeded.close();
  await cp(dataDir, backup, { recursive: true });
  const before = await startTestServer({ dataDir, isDemo: false });
  const kiosk = await TestKiosk.paired(before.url, undefined, await makePairingCode(before.context, shopId));
  await kiosk.visit();
  await kiosk.sync();
  await before.close();
  const server = await startTestServer({ dataDir: backup, isDemo: false });
  kiosk.url = server.url;
  const codeFor = (shop: ShopId) => makePairingCode(server.context, shop);
  return { server, kiosk, other, codeFor };
}

describe('a tablet that a restored server does not know', () => {
  it('is let in again by a code as the kiosk that it was, and sends all that it recorded', async () => {
    const { server, kiosk, codeFor } = await restoredServer();
    const was = must(kiosk.paired);
    await kiosk.visit();
    expect(reasonOf(await kiosk.request('GET', apiPaths.head))).toBe('kiosk-unknown');
    expect(reasonOf(await kiosk.pairAgain())).toBe('pairing-code-wrong');
    expect(await kiosk.pairAgain(await codeFor(shopId))).toMatchObject({ status: 200, body: was });
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(await everCounted(server)).toBe(2);
    expect(await kiosk.pairAgain()).toMatchObject({ status: 200, body: was });
  });

  it('is not let into another shop, whose code stays good', async () => {
    const { kiosk, other, codeFor } = await restoredServer();
    const code = await codeFor(other.shopId);
    expect(reasonOf(await kiosk.pairAgain(code))).toBe('pairing-code-wrong');
    const elsewhere: PairResponse = { ...must(kiosk.paired), controllerId: other.controllerId };
    expect(reasonOf(await kiosk.pairAgain(await codeFor(shopId), elsewhere))).toBe('pairing-code-wrong');
    expect((await (await TestKiosk.make(kiosk.url)).pair(code)).status).toBe(200);
  });

  it('is not let in as a kiosk that the server knows by another key', async () => {
    const { kiosk, codeFor } = await restoredServer();
    const known = await TestKiosk.paired(kiosk.url, undefined, await codeFor(shopId));
    const code = await codeFor(shopId);
    expect(reasonOf(await kiosk.pairAgain(code, must(known.paired)))).toBe('other-kiosk');
    await known.visit();
    expect((await known.sync()).status).toBe(200);
    expect(await kiosk.pairAgain(code)).toMatchObject({ status: 200 });
  });

  it('is heard as no kiosk but the one that its own first entry names', async () => {
    const { kiosk, codeFor } = await restoredServer();
    const invented = { ...must(kiosk.paired), kioskId: randomId<KioskId>(random) };
    await kiosk.pairAgain(await codeFor(shopId), invented);
    expect(reasonOf(await kiosk.sync())).toBe('checkpoint-wrong');
    kiosk.paired = invented;
    expect(reasonOf(await kiosk.sync())).toBe('other-kiosk');
  });

  it('stays out where it was revoked, whatever code it brings', async () => {
    const { server, kiosk, codeFor } = await restoredServer();
    await kiosk.pairAgain(await codeFor(shopId));
    await revokeKiosk(server.context, must(kiosk.paired).kioskId);
    expect(reasonOf(await kiosk.pairAgain(await codeFor(shopId)))).toBe('kiosk-revoked');
  });

  it('needs no code in a demo on its own machine', async () => {
    const [first, second] = [await startTestServer(), await startTestServer()];
    const kiosk = await TestKiosk.paired(first.url);
    await kiosk.visit();
    kiosk.url = second.url;
    expect(await kiosk.pairAgain()).toMatchObject({ status: 200, body: must(kiosk.paired) });
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
  });
});
