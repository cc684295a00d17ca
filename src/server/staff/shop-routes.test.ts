import { describe, expect, it } from 'vitest';
import {
  apiPaths,
  kioskConfigSchema,
  type NewShop,
  pairingCodeSchema,
  sessionAnswerSchema,
  staffPinSchema,
} from '#protocol';
import type { ShopId } from '#values';
import { factsOfShop } from '../shop-facts.ts';
import { putShop } from '../shops.ts';
import { isPin } from '../staff-pin.ts';
import {
  CROSS_SITE,
  changeOf,
  post,
  previewedBy,
  reasonIn,
  type TestCaller,
  termsIn,
} from '../testing/ask-as.ts';
import { must } from '../testing/must.ts';
import { quayShop } from '../testing/quay-shop.ts';
import { startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { DEMO_CONTROLLER, signInAs } from '../testing/test-officer.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';

const QUAY = quayShop.shop.id;
const WEST: NewShop = {
  copyOf: QUAY,
  name: 'Quay West',
  timeZone: 'Europe/Lisbon',
  languages: ['pt', 'zh-Hans'],
};

/** A company with one shop, beside a demo of another, and its administrator. */
async function quayWorld() {
  const server = await startTestServer();
  const settings = { ...quayShop.settings, brand: { colour: '#7a1f5c' }, surroundings: 'dark' as const };
  await putShop(server.context, { ...quayShop, settings });
  const administrator = await signInAs(server, 'administrator', quayShop.controller.id);
  return { server, administrator, settings };
}

async function pinIn(response: Response) {
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return staffPinSchema.parse(await response.json());
}

describe('an administrator who opens a shop', () => {
  it('has one with its own PIN, that lets a tablet in, asks in its own languages, and is else as the one it copies', async () => {
    const { server, administrator, settings } = await quayWorld();
    const { shopId, pin } = await pinIn(await administrator(apiPaths.shops, post(WEST)));
    expect(shopId).toMatch(/^quay-west-[0-9a-f]{10}$/);
    const facts = await factsOfShop(server.context.db, shopId);
    expect(facts.controller).toEqual(quayShop.controller);
    expect(facts.shop).toEqual({
      id: shopId,
      name: 'Quay West',
      timeZone: 'Europe/Lisbon',
      languages: ['pt', 'zh-Hans'],
    });
    const { staffPin } = facts.settings;
    expect(facts.settings).toEqual({ ...settings, staffPin });
    expect(await isPin(pin, staffPin)).toBe(true);
    const session = sessionAnswerSchema.parse(await (await administrator(apiPaths.session)).json());
    expect(session.shops).toContainEqual({ id: shopId, name: 'Quay West' });
    const coded = await administrator(apiPaths.pairingCodes(shopId), { method: 'POST' });
    const { code } = pairingCodeSchema.parse(await coded.json());
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    expect(kiosk.config?.notices.map(({ language, version }) => [language, version])).toEqual([
      ['pt', '1'],
      ['zh-Hans', '1'],
    ]);
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    // What the company says from now on is said there too.
    const answer = await termsIn(await administrator(apiPaths.terms(QUAY)));
    expect(answer.shops).toEqual(['Quay', 'Quay West']);
    const change = changeOf(answer, { controller: { name: 'Quay Motors' } });
    await termsIn(
      await administrator(apiPaths.terms(QUAY), post(await previewedBy(administrator, QUAY, change))),
    );
    const west = await termsIn(await administrator(apiPaths.terms(shopId)));
    expect(west.notices.map(({ version }) => version)).toEqual(['2', '2']);
  });

  it('gets an id that tells the name in Latin letters, and that nobody can guess', async () => {
    const { administrator } = await quayWorld();
    const idOf = async (name: string) =>
      (await pinIn(await administrator(apiPaths.shops, post({ ...WEST, name })))).shopId.replace(
        /[0-9a-f]{10}$/,
        '',
      );
    expect(await idOf('  Ünité 5 / Málaga ')).toBe('unite-5-malaga-');
    expect(await idOf('海港店')).toBe('shop-');
    expect(await idOf('A'.repeat(200))).toBe(`${'a'.repeat(40)}-`);
    expect(await idOf('<script>')).toBe('script-');
  });

  it('is asked for a clock, languages and a name that there are', async () => {
    const { server, administrator } = await quayWorld();
    const { db } = server.context;
    const count = async () => (await db.selectFrom('shop').select('id').execute()).length;
    const before = await count();
    for (const wrong of [
      { timeZone: 'Europe/Atlantis' },
      { timeZone: '+01:00' },
      { timeZone: '' },
      { languages: ['tlh'] },
      { languages: ['en', 'en'] },
      { languages: [] },
      { name: ' ' },
      { name: 'x'.repeat(201) },
      { name: 'Nul\0' },
      { copyOf: '../quay' },
      { copyOf: undefined },
      { id: 'west' },
    ])
      expect(
        await reasonIn(await administrator(apiPaths.shops, post({ ...WEST, ...wrong }))),
        JSON.stringify(wrong),
      ).toEqual([400, 'malformed']);
    expect(await reasonIn(await administrator(apiPaths.shops, post({ ...WEST, name: ' Quay ' })))).toEqual([
      409,
      'name-taken',
    ]);
    expect(await count()).toBe(before);
  });

  it('has one shop of a name at most, also where two open it at once', async () => {
    const { administrator } = await quayWorld();
    const answers = await Promise.all([1, 2].map(() => administrator(apiPaths.shops, post(WEST))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('has as many as one publication can serve', async () => {
    const { server, administrator } = await quayWorld();
    const { db } = server.context;
    const row = await db.selectFrom('shop').selectAll().where('id', '=', QUAY).executeTakeFirstOrThrow();
    const rows = Array.from({ length: 198 }, (_, index) => ({ ...row, id: `quay-${index}` as ShopId }));
    await db.insertInto('shop').values(rows).execute();
    expect((await administrator(apiPaths.shops, post(WEST))).status).toBe(200);
    expect(await reasonIn(await administrator(apiPaths.shops, post({ ...WEST, name: 'One more' })))).toEqual([
      403,
      'not-allowed',
    ]);
  });
});

describe('a new PIN', () => {
  it('takes the place of the old one and of nothing else, and reaches tablets', async () => {
    const { server, administrator } = await quayWorld();
    const { db } = server.context;
    const opened = await pinIn(await administrator(apiPaths.shops, post(WEST)));
    const before = await factsOfShop(db, opened.shopId);
    const terms = await termsIn(await administrator(apiPaths.terms(opened.shopId)));
    const coded = await administrator(apiPaths.pairingCodes(opened.shopId), { method: 'POST' });
    const { code } = pairingCodeSchema.parse(await coded.json());
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    const renewed = await pinIn(await administrator(apiPaths.staffPin(opened.shopId), { method: 'POST' }));
    expect(renewed.shopId).toBe(opened.shopId);
    const after = await factsOfShop(db, opened.shopId);
    const { staffPin } = after.settings;
    expect(after).toEqual({ ...before, settings: { ...before.settings, staffPin } });
    expect(staffPin.salt).not.toBe(before.settings.staffPin.salt);
    expect(await isPin(renewed.pin, staffPin)).toBe(true);
    expect(await isPin(opened.pin, staffPin)).toBe(renewed.pin === opened.pin);
    const config = kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
    expect(config).toEqual({ ...must(kiosk.config), settings: { ...config.settings, staffPin } });
    expect(await termsIn(await administrator(apiPaths.terms(opened.shopId)))).toEqual(terms);
    expect((await factsOfShop(db, QUAY)).settings.staffPin).toEqual(quayShop.settings.staffPin);
  });
});

describe('shops and PINs', () => {
  it('are made by a company’s own administrators alone, and not by another site’s page', async () => {
    const { server, administrator } = await quayWorld();
    const { db } = server.context;
    const shops = async () => db.selectFrom('shop').selectAll().orderBy('id').execute();
    const before = await shops();
    const answersTo = async (caller: TestCaller, headers = {}) =>
      Promise.all(
        [
          await caller(apiPaths.shops, post(WEST, headers)),
          await caller(apiPaths.staffPin(QUAY), { method: 'POST', headers }),
        ].map(reasonIn),
      );
    const anybody: TestCaller = (path, init) => fetch(`${server.url}${path}`, init);
    const officer = await signInAs(server, 'officer', quayShop.controller.id);
    const staff = await signInAs(server, 'staff', quayShop.controller.id);
    const stranger = await signInAs(server, 'administrator', DEMO_CONTROLLER);
    for (const [caller, refusal] of [
      [anybody, [401, 'not-signed-in']],
      [officer, [403, 'not-allowed']],
      [staff, [403, 'not-allowed']],
      [stranger, [404, 'not-found']],
    ] as const)
      expect(await answersTo(caller)).toEqual([refusal, refusal]);
    for (const headers of CROSS_SITE)
      expect(await answersTo(administrator, headers)).toEqual([
        [403, 'not-allowed'],
        [403, 'not-allowed'],
      ]);
    expect(await shops()).toEqual(before);
  });
});

describe('a demo that starts again', () => {
  it('keeps what was published and the shops that were opened, and prints no PIN that is none', async () => {
    const dataDir = await temporaryDir();
    const first = await startTestServer({ dataDir });
    const administrator = await signInAs(first, 'administrator');
    const seen = await termsIn(await administrator(apiPaths.terms(DEMO_SHOP)));
    const change = changeOf(seen, {
      controller: { name: 'Harbour Motors' },
      shop: { name: 'Pier', languages: ['ar'] },
    });
    await termsIn(
      await administrator(
        apiPaths.terms(DEMO_SHOP),
        post(await previewedBy(administrator, DEMO_SHOP, change)),
      ),
    );
    // Its id comes before that of the demo's own.
    const airport = { ...WEST, copyOf: DEMO_SHOP, name: 'Airport' };
    const { shopId } = await pinIn(await administrator(apiPaths.shops, post(airport)));
    expect(must(first.demo).staffPin).toMatch(/^\d{6}$/);
    await pinIn(await administrator(apiPaths.staffPin(DEMO_SHOP), { method: 'POST' }));
    await first.close();
    const second = await startTestServer({ dataDir });
    const again = await termsIn(await (await signInAs(second, 'officer'))(apiPaths.terms(DEMO_SHOP)));
    expect(again.terms).toEqual(change.terms);
    expect(again.shops).toEqual(['Airport', 'Pier']);
    expect(must(second.demo).staffPin).toBeNull();
    const kiosk = await TestKiosk.paired(second.url);
    expect([DEMO_SHOP, shopId].indexOf(must(kiosk.paired).shopId)).toBe(0);
  });
});
