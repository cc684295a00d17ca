import { describe, expect, it } from 'vitest';
import { apiPaths, pairingCodeSchema } from '#protocol';
import { must } from '../testing/must.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { putOtherShop, signInAs } from '../testing/test-officer.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';

const POST = { method: 'POST' };

async function setUp() {
  const server = await startTestServer();
  const kiosk = await TestKiosk.paired(server.url);
  return { server, kiosk, kioskId: must(kiosk.paired).kioskId };
}

describe('a stolen tablet', () => {
  it('is shut out by an officer at once, for good, and what it sent before stays', async () => {
    const { server, kiosk, kioskId } = await setUp();
    await kiosk.visit();
    await kiosk.sync();
    const officer = await signInAs(server, 'officer');
    expect((await officer(apiPaths.revokeKiosk(DEMO_SHOP, kioskId), POST)).status).toBe(204);
    await kiosk.visit();
    expect(await kiosk.sync()).toMatchObject({ status: 403, body: { reason: 'kiosk-revoked' } });
    expect((await kiosk.request('GET', apiPaths.config)).status).toBe(403);
    const today = await (await officer(apiPaths.today(DEMO_SHOP))).json();
    expect(today).toMatchObject({ kiosks: [{ id: kioskId, condition: 'revoked' }] });
    expect((await officer(apiPaths.revokeKiosk(DEMO_SHOP, kioskId), POST)).status).toBe(204);
  });

  it('is not shut out by staff, by another controller, or by another site’s page', async () => {
    const { server, kiosk, kioskId } = await setUp();
    const other = await putOtherShop(server);
    const stranger = await signInAs(server, 'administrator', other.controllerId);
    const staff = await signInAs(server, 'staff');
    const officer = await signInAs(server, 'officer');
    const path = apiPaths.revokeKiosk(DEMO_SHOP, kioskId);
    const crossSite = { ...POST, headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await staff(path, POST)).status).toBe(403);
    expect((await stranger(path, POST)).status).toBe(404);
    expect((await stranger(apiPaths.revokeKiosk(other.shopId, kioskId), POST)).status).toBe(404);
    expect((await officer(path, crossSite)).status).toBe(403);
    expect((await officer(apiPaths.revokeKiosk(DEMO_SHOP, 'no-such-kiosk'), POST)).status).toBe(404);
    expect((await kiosk.sync()).status).toBe(200);
  });
});

describe('a pairing code', () => {
  it('is made by administrators alone, and lets one tablet in', async () => {
    const server = await startTestServer();
    const other = await putOtherShop(server);
    const administrator = await signInAs(server, 'administrator', other.controllerId);
    const officer = await signInAs(server, 'officer', other.controllerId);
    const path = apiPaths.pairingCodes(other.shopId);
    expect((await officer(path, POST)).status).toBe(403);
    const response = await administrator(path, POST);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { code } = pairingCodeSchema.parse(await response.json());
    const kiosk = await TestKiosk.make(server.url);
    expect(await kiosk.pair(code)).toMatchObject({ status: 200, body: { shopId: other.shopId } });
    expect((await (await TestKiosk.make(server.url)).pair(code)).status).toBe(403);
  });
});
