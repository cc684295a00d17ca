import { describe, expect, it } from 'vitest';
import type { Party } from '#consent';
import type { ShopId } from '#values';
import { makePairingCode } from './kiosk/pair.ts';
import { noticesInForce } from './notices.ts';
import { putShop, shopFileSchema } from './shops.ts';
import { quayShop } from './testing/quay-shop.ts';
import { startTestServer } from './testing/start-test-server.ts';
import { TestKiosk } from './testing/test-kiosk.ts';

/** The signature of a PNG: no more of it is looked at. */
const PNG = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1').toString('base64url');

const parties = (count: number, length: number): Party[] =>
  Array.from({ length: count }, () => ({
    name: '名'.repeat(length),
    address: '地'.repeat(length),
    contact: '人'.repeat(length),
  }));

describe('a shop with many parties', () => {
  it('gives receipts that the server takes, up to the longest that may be set up', async () => {
    const server = await startTestServer({ isDemo: false });
    const controller = {
      ...quayShop.controller,
      laws: ['eu-gdpr:GDPR', 'cn-pipl:PIPL'],
      jointWith: parties(8, 40),
      processors: parties(8, 40),
    };
    await putShop(server.context, { ...quayShop, controller });
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    await kiosk.visit(['count', 'demographics']);
    expect((await kiosk.sync()).status).toBe(200);
  });

  it('is refused where its receipts would be too long to be sent', async () => {
    const server = await startTestServer({ isDemo: false });
    const controller = { ...quayShop.controller, jointWith: parties(8, 600) };
    await expect(putShop(server.context, { ...quayShop, controller })).rejects.toThrow(
      'too long for a receipt',
    );
  });
});

describe('a controller with two shops', () => {
  it('says the same of itself in both: what is written down with one holds for the other, in its notice too', async () => {
    const server = await startTestServer({ isDemo: false });
    const hill = { ...quayShop.shop, id: 'hill' as ShopId, name: 'Hill' };
    await putShop(server.context, quayShop);
    await putShop(server.context, { ...quayShop, shop: hill });
    const howLong = async (shopId: ShopId) =>
      (await noticesInForce(server.context.db, shopId)).get('en')?.texts.howLong.answer;
    expect(await howLong(hill.id)).toContain('14 days');
    const retention = { linkDays: 90, receiptYears: 2 };
    await putShop(server.context, { ...quayShop, controller: { ...quayShop.controller, retention } });
    expect(await howLong(quayShop.shop.id)).toContain('90 days');
    expect(await howLong(hill.id)).toContain('90 days');
  });
});

describe('a server that was put back to before a notice', () => {
  it('takes what tablets kept once the same file is put in again', async () => {
    const server = await startTestServer({ isDemo: false });
    const { db } = server.context;
    const renamed = { ...quayShop, controller: { ...quayShop.controller, name: 'Quay Motors Ltd' } };
    await putShop(server.context, quayShop);
    await putShop(server.context, renamed);
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    await kiosk.visit();
    await db.deleteFrom('notice').where('notice_json', 'like', '%Quay Motors%').execute();
    expect(await kiosk.sync()).toMatchObject({ status: 422, body: { reason: 'notice-unknown' } });
    await putShop(server.context, renamed);
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
  });
});

describe('the clock of a shop', () => {
  it.each([
    [
      'a no',
      async (kiosk: TestKiosk) =>
        kiosk.append('tally-closed', { hour: '2026-01-01T09', declined: 1, left: 0 }),
    ],
    ['a yes', async (kiosk: TestKiosk) => kiosk.visit()],
  ])('can be set right until hours were counted by it: %s', async (_, count) => {
    const server = await startTestServer({ isDemo: false });
    const inZone = (timeZone: string) => ({ ...quayShop, shop: { ...quayShop.shop, timeZone } });
    await putShop(server.context, inZone('Europe/Paris'));
    await putShop(server.context, quayShop);
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    await count(kiosk);
    expect((await kiosk.sync()).status).toBe(200);
    await expect(putShop(server.context, inZone('America/New_York'))).rejects.toThrow('Europe/Dublin');
    await putShop(server.context, { ...quayShop, shop: { ...quayShop.shop, name: 'New Quay' } });
  });
});

describe('a shop with a look of its own', () => {
  it('sends it to its kiosks', async () => {
    const server = await startTestServer({ isDemo: false });
    const brand = { colour: '#7a1f5c', logo: PNG };
    await putShop(server.context, { ...quayShop, settings: { ...quayShop.settings, brand } });
    const code = await makePairingCode(server.context, quayShop.shop.id);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    expect(kiosk.config?.settings.brand).toEqual(brand);
  });

  it.each(['7a1f5c', 'red', '#7a1f5', '#7a1f5c00', 'url(//elsewhere.example)'])(
    'has no colour such as %s',
    (colour) => {
      const { staffPin: _, ...settings } = quayShop.settings;
      const file = { ...quayShop, settings: { ...settings, brand: { colour } } };
      expect(shopFileSchema.safeParse(file).success).toBe(false);
    },
  );
});
