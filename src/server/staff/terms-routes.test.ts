import { describe, expect, it } from 'vitest';
import {
  apiPaths,
  kioskConfigSchema,
  retentionAnswerSchema,
  type TermsChange,
  type TermsPreview,
  termsPreviewSchema,
} from '#protocol';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type ShopId, sha256 } from '#values';
import { makePairingCode } from '../kiosk/pair.ts';
import { noticesInForce } from '../notices.ts';
import { retentionWorld } from '../retention/testing/retention-world.ts';
import { factsOfShop } from '../shop-facts.ts';
import { putShop } from '../shops.ts';
import type { RunningServer } from '../start-server.ts';
import { previewTerms, publishTerms } from '../terms/change-terms.ts';
import { readTerms } from '../terms/stored-terms.ts';
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
import { startTestServer, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { DEMO_CONTROLLER, signInAs } from '../testing/test-officer.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';

const QUAY = quayShop.shop.id;
const HILL = 'hill' as ShopId;
const NOON = instant(Date.UTC(2026, 10, 24, 12));
const LONG_MS = 30_000;
const { emptyPlace } = testPostgres();

/** A controller with two shops, as the command line set them up, and its officer. */
async function quayWithHill(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ isDemo: false, ...options });
  await putShop(server.context, quayShop);
  await putShop(server.context, {
    ...quayShop,
    shop: { ...quayShop.shop, id: HILL, name: 'Hill', languages: ['zh-Hans', 'en'] },
    settings: { ...quayShop.settings, ageOfConsent: 14 },
  });
  const officer = await signInAs(server, 'officer', quayShop.controller.id);
  return { server, officer };
}

const read = async (caller: TestCaller, shopId = QUAY) => termsIn(await caller(apiPaths.terms(shopId)));
const publish = async (caller: TestCaller, change: TermsChange, shopId = QUAY) =>
  caller(apiPaths.terms(shopId), post(await previewedBy(caller, shopId, change)));
const ask = (caller: TestCaller, change: unknown, shopId = QUAY) =>
  caller(apiPaths.termsPreview(shopId), post(change));

async function previewed(caller: TestCaller, change: unknown): Promise<TermsPreview['notices']> {
  const response = await ask(caller, change);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return termsPreviewSchema.parse(await response.json()).notices;
}

/** All that a change could touch. */
async function stored({ context: { db } }: RunningServer) {
  return {
    controllers: await db.selectFrom('controller').selectAll().orderBy('id').execute(),
    shops: await db.selectFrom('shop').selectAll().orderBy('id').execute(),
    notices: await db.selectFrom('notice').selectAll().orderBy('shop_id').orderBy('hash').execute(),
    earlier: await db.selectFrom('earlier_retention').selectAll().execute(),
  };
}

describe('what a shop says to visitors', () => {
  it('is shown to officers and administrators with what only the operator changes, and without the PIN', async () => {
    const server = await startTestServer();
    const { settings, controller } = await factsOfShop(server.context.db, DEMO_SHOP as ShopId);
    const inForce = await noticesInForce(server.context.db, DEMO_SHOP as ShopId);
    for (const role of ['officer', 'administrator'] as const) {
      const response = await (await signInAs(server, role))(apiPaths.terms(DEMO_SHOP));
      expect(response.headers.get('cache-control')).toBe('no-store');
      const text = await response.clone().text();
      expect(text).not.toContain(settings.staffPin.hash);
      expect(text).not.toContain(settings.staffPin.salt);
      const answer = await termsIn(response);
      expect(answer.terms.controller).toMatchObject({
        name: controller.name,
        retention: controller.retention,
      });
      expect(answer.fixed).toEqual({
        controllerId: controller.id,
        shopId: DEMO_SHOP,
        country: 'IE',
        laws: ['eu-gdpr:GDPR'],
        timeZone: 'Europe/Dublin',
        publicUrl: server.url,
        releaseMin: 10,
      });
      expect(answer.shops).toEqual(['Harbour Street']);
      expect(answer.languages.toSorted()).toEqual(answer.terms.shop.languages.toSorted());
      expect(answer.notices.map(({ language }) => language)).toEqual(answer.terms.shop.languages);
      expect(answer.notices.every(({ version }) => version === '1')).toBe(true);
      expect(inForce.size).toBe(answer.notices.length);
    }
  });

  it('is nobody else’s business, and is not changed by another site’s page', async () => {
    const { server, officer } = await quayWithHill({ isDemo: true });
    const change = changeOf(await read(officer), { controller: { name: 'Mallory' } });
    const before = await stored(server);
    const answersTo = async (caller: TestCaller) =>
      Promise.all(
        [await caller(apiPaths.terms(QUAY)), await ask(caller, change), await publish(caller, change)].map(
          reasonIn,
        ),
      );
    const anybody: TestCaller = (path, init) => fetch(`${server.url}${path}`, init);
    const staff = await signInAs(server, 'staff', quayShop.controller.id);
    const stranger = await signInAs(server, 'administrator', DEMO_CONTROLLER);
    for (const [caller, refusal] of [
      [anybody, [401, 'not-signed-in']],
      [staff, [403, 'not-allowed']],
      [stranger, [404, 'not-found']],
    ] as const)
      expect(await answersTo(caller)).toEqual([refusal, refusal, refusal]);
    for (const headers of CROSS_SITE)
      for (const path of [apiPaths.terms(QUAY), apiPaths.termsPreview(QUAY)])
        expect(await reasonIn(await officer(path, post(change, headers)))).toEqual([403, 'not-allowed']);
    expect(await stored(server)).toEqual(before);
  });
});

describe('a preview', () => {
  const party = { name: 'Cloud Ltd', address: '3 Low Street', contact: 'dpo@cloud.example' };
  it.each<[string, Parameters<typeof changeOf>[1], readonly string[]]>([
    [
      'a new name of the company',
      { controller: { name: 'Quay Motors' } },
      ['Quay en', 'Hill zh-Hans', 'Hill en'],
    ],
    ['another age', { settings: { ageOfConsent: 15 } }, ['Quay en']],
    ['a language more', { shop: { languages: ['ar', 'en'] } }, ['Quay ar']],
    ['a language for another', { shop: { languages: ['hi'] } }, ['Quay hi']],
    [
      'somebody who helps, and shorter times',
      { controller: { processors: [party], retention: { linkDays: 7, receiptYears: 1 } } },
      ['Quay en', 'Hill zh-Hans', 'Hill en'],
    ],
    ['what no notice tells', { shop: { name: 'Old Quay' }, settings: { idleSeconds: 90 } }, []],
    ['nothing', {}, []],
  ])('of %s says exactly what publishing it then does, and stores nothing', async (_, twist, expected) => {
    const { server, officer } = await quayWithHill();
    const change = changeOf(await read(officer), twist);
    const before = await stored(server);
    const notices = await previewed(officer, change);
    expect(await stored(server)).toEqual(before);
    expect(notices.map(({ shop, language }) => `${shop} ${language}`)).toEqual(expected);
    const answer = await termsIn(await publish(officer, change));
    expect(answer.terms).toEqual(change.terms);
    const names = new Map<string, string>([
      [QUAY, change.terms.shop.name],
      [HILL, 'Hill'],
    ]);
    const known = new Set(before.notices.map(({ hash, shop_id }) => `${shop_id} ${hash}`));
    const written = (await stored(server)).notices.filter(
      ({ hash, shop_id }) => !known.has(`${shop_id} ${hash}`),
    );
    const inForce = (shopId: string, language: string) =>
      before.notices.find((row) => row.shop_id === shopId && row.language === language);
    const asPreviewed = written.map(({ shop_id, language, notice_json }) => {
      const { version, texts } = JSON.parse(notice_json);
      const replaced = inForce(shop_id, language);
      return {
        shop: names.get(shop_id),
        language,
        version,
        before: replaced === undefined ? null : JSON.parse(replaced.notice_json).texts,
        after: texts,
      };
    });
    expect(asPreviewed).toHaveLength(notices.length);
    expect(asPreviewed).toEqual(expect.arrayContaining(notices));
    expect(await previewed(officer, changeOf(answer))).toEqual([]);
  });

  it('shows no text as that in force of a language that the shop gave up', async () => {
    const { officer } = await quayWithHill();
    const two = { shop: { languages: ['en', 'fr'] } };
    await publish(officer, changeOf(await read(officer), two));
    const one = await termsIn(
      await publish(officer, changeOf(await read(officer), { shop: { languages: ['en'] } })),
    );
    expect(one.notices.map(({ language }) => language)).toEqual(['en']);
    expect(await previewed(officer, changeOf(one, two))).toEqual([]);
    const older = { ...two, settings: { ageOfConsent: 18 } };
    const notices = await previewed(officer, changeOf(one, older));
    expect(notices.map(({ language, version, before }) => [language, version, before === null])).toEqual([
      ['en', '2', false],
      ['fr', '2', true],
    ]);
  });
});

describe('publishing', () => {
  it('keeps all that stands beside, and drops what is left out', async () => {
    const { server, officer } = await quayWithHill();
    const { db } = server.context;
    const party = { name: 'Cloud Ltd', address: '3 Low Street', contact: 'dpo@cloud.example' };
    const controller = { ...quayShop.controller, processors: [party] };
    const settings = {
      ...quayShop.settings,
      brand: { colour: '#7a1f5c' },
      // As of a later version that was put back.
      ofLaterVersion: 1,
    };
    const dropped = {
      openingHours: { from: '09:00', to: '18:00' },
      surroundings: 'dark',
      receiptPaper: '80mm',
    } as const;
    await putShop(server.context, {
      ...quayShop,
      controller: { ...controller, jointWith: [party] },
      settings: { ...settings, ...dropped },
    });
    const { revision, terms } = await read(officer);
    expect(terms).toMatchObject({ controller: { jointWith: [party] }, settings: dropped });
    const { jointWith: _, ...company } = terms.controller;
    const change = {
      revision,
      terms: { ...terms, controller: company, settings: { ageOfConsent: 16, idleSeconds: 30 } },
    };
    expect((await termsIn(await publish(officer, change))).terms).toEqual(change.terms);
    const facts = await factsOfShop(db, QUAY);
    expect(facts.controller).toEqual(controller);
    expect(facts.shop).toEqual(quayShop.shop);
    expect(facts.settings).toEqual({ ...settings, idleSeconds: 30 });
    const hill = await factsOfShop(db, HILL);
    expect(hill.settings).toEqual({ ...quayShop.settings, ageOfConsent: 14 });
    expect(hill.controller).toEqual(controller);
  });

  it('reaches tablets with their settings, and visits by the new text are taken', async () => {
    const { server, officer } = await quayWithHill();
    const code = await makePairingCode(server.context, QUAY);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    const before = await kiosk.request('GET', apiPaths.config);
    const since = { 'if-none-match': must(before.headers.get('etag')) };
    expect((await kiosk.request('GET', apiPaths.config, undefined, since)).status).toBe(304);
    await publish(officer, changeOf(await read(officer), { controller: { contact: 'dpo@quay.example' } }));
    const after = await kiosk.request('GET', apiPaths.config, undefined, since);
    expect(after.status).toBe(200);
    kiosk.config = kioskConfigSchema.parse(after.body);
    expect(kiosk.config.controller.contact).toBe('dpo@quay.example');
    expect(kiosk.config.notices).toMatchObject([{ language: 'en', version: '2' }]);
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    const settled = { 'if-none-match': must(after.headers.get('etag')) };
    await publish(officer, changeOf(await read(officer), { settings: { idleSeconds: 99 } }));
    expect((await kiosk.request('GET', apiPaths.config, undefined, settled)).body).toMatchObject({
      settings: { idleSeconds: 99 },
    });
  });

  it('tells open screens the new name of their shop', async () => {
    const { officer } = await quayWithHill();
    const live = await officer(apiPaths.live(QUAY));
    const reader = must(live.body).pipeThrough(new TextDecoderStream()).getReader();
    await publish(officer, changeOf(await read(officer), { shop: { name: 'Old Quay' } }));
    let heard = '';
    while (!heard.includes('Old Quay')) heard += must((await reader.read()).value);
    await reader.cancel();
  });

  it('of a text that comes back after another gives it a new version', async () => {
    const { officer } = await quayWithHill();
    const first = await read(officer);
    const versionWith = async (name: string) => {
      const change = changeOf(await read(officer), { controller: { name } });
      return (await termsIn(await publish(officer, change))).notices[0]?.version;
    };
    expect(await versionWith('Quay Motors')).toBe('2');
    expect(await versionWith(first.terms.controller.name)).toBe('3');
    expect(await versionWith(first.terms.controller.name)).toBe('3');
  });

  it('of what is too long for a notice or a receipt, or of languages that are none, is refused and changes nothing', async () => {
    const { server, officer } = await quayWithHill();
    const before = await stored(server);
    const long = (name: number, address: number) =>
      Array.from({ length: 8 }, () => ({
        name: '名'.repeat(name),
        address: '地'.repeat(address),
        contact: '人'.repeat(address),
      }));
    const answer = await read(officer);
    for (const parties of [
      { processors: long(200, 1), jointWith: long(200, 1) },
      { processors: long(1, 200), jointWith: long(60, 200) },
    ]) {
      const change = changeOf(answer, { controller: { ...parties, name: '店'.repeat(200) } });
      for (const refused of [await ask(officer, change), await publish(officer, change)])
        expect(await reasonIn(refused)).toEqual([422, 'words-too-long']);
    }
    // A receipt holds the contact at each right, and whoever reads one counts brackets before it reads anything.
    const brackets = changeOf(answer, { controller: { contact: `${'['.repeat(55)}a@quay.example` } });
    for (const refused of [await ask(officer, brackets), await publish(officer, brackets)])
      expect(await reasonIn(refused)).toEqual([422, 'words-too-long']);
    for (const settings of [{ ageOfConsent: 13 }, { idleSeconds: 19 }]) {
      const change = changeOf(answer, { settings });
      for (const refused of [await ask(officer, change), await publish(officer, change)])
        expect(await reasonIn(refused)).toEqual([400, 'malformed']);
    }
    const named = changeOf(answer, { shop: { name: 'Hill' } });
    for (const refused of [await ask(officer, named), await publish(officer, named)])
      expect(await reasonIn(refused)).toEqual([409, 'name-taken']);
    for (const languages of [['tlh'], ['en', 'en'], ['EN'], []]) {
      const change = changeOf(answer, { shop: { languages } });
      for (const refused of [await ask(officer, change), await publish(officer, change)])
        expect(await reasonIn(refused)).toEqual([400, 'malformed']);
    }
    for (const fixed of [{ id: 'other' }, { country: 'FR' }, { laws: [] }]) {
      const { revision, terms } = answer;
      const change = { revision, terms: { ...terms, controller: { ...terms.controller, ...fixed } } };
      expect(await reasonIn(await publish(officer, change))).toEqual([400, 'malformed']);
    }
    for (const plan of [undefined, null, '', 'x'.repeat(64)]) {
      const refused = await officer(apiPaths.terms(QUAY), post({ ...changeOf(answer), plan }));
      expect(await reasonIn(refused)).toEqual([400, 'malformed']);
    }
    expect(await stored(server)).toEqual(before);
  });

  it('leaves what officers write a text, whatever they write', async () => {
    const { server, officer } = await quayWithHill();
    const code = await makePairingCode(server.context, QUAY);
    const kiosk = await TestKiosk.paired(server.url, undefined, code);
    const name = '<b onclick="x">$& $t(agree) {{contact}} \\u003c "A" & \'B\'';
    const answer = await termsIn(
      await publish(officer, changeOf(await read(officer), { controller: { name }, shop: { name } })),
    );
    const notice = must((await noticesInForce(server.context.db, QUAY)).get('en'));
    expect(JSON.stringify(notice.texts)).toContain(JSON.stringify(name).slice(1, -1));
    const page = await (await fetch(`${server.url}/notices/${must(answer.notices[0]).hash}`)).text();
    expect(page).not.toContain('<b onclick');
    expect(page).toContain('&lt;b onclick=');
    kiosk.config = kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '/here',
      'regulator',
      'https://x.example/a b',
      'https://x.example/\0',
      'https://x.example/\ud800',
      'https://x.example/\u202e',
    ])
      for (const controller of [{ regulator: { name: 'R', url } }, { impactAssessmentUrl: `${url}x` }]) {
        const refused = await ask(officer, changeOf(answer, { controller }));
        expect(await reasonIn(refused), JSON.stringify(controller)).toEqual([400, 'malformed']);
      }
  });
});

describe.each(engines)('on %s, two who publish at the same time', { timeout: LONG_MS }, (engine) => {
  it('are told that the first was quicker, and undo nothing of theirs', async () => {
    const { server, officer } = await quayWithHill(await emptyPlace(engine));
    const administrator = await signInAs(server, 'administrator', quayShop.controller.id);
    const seen = await read(officer);
    expect(await read(administrator)).toEqual(seen);
    const names = ['Quay Motors', 'Quay Vans'];
    const [motors, vans] = await Promise.all([
      previewedBy(officer, QUAY, changeOf(seen, { controller: { name: 'Quay Motors' } })),
      previewedBy(administrator, QUAY, changeOf(seen, { controller: { name: 'Quay Vans' } })),
    ]);
    const [one, other] = await Promise.all([
      officer(apiPaths.terms(QUAY), post(motors)),
      administrator(apiPaths.terms(QUAY), post(vans)),
    ]);
    const statuses = [one.status, other.status];
    expect(statuses.toSorted()).toEqual([200, 409]);
    const late = one.status === 409 ? one : other;
    expect(await reasonIn(late)).toEqual([409, 'changed-meanwhile']);
    const now = await read(officer);
    expect(now.terms.controller.name).toBe(names[statuses.indexOf(200)]);
    expect(now.notices[0]?.version).toBe('2');
    const again = changeOf(seen, { settings: { idleSeconds: 31 } });
    expect(await reasonIn(await ask(officer, again))).toEqual([409, 'changed-meanwhile']);
    // What the company says is said in its other shop too.
    const hill = await read(officer, HILL);
    expect(hill.terms.controller).toEqual(now.terms.controller);
    await putShop(server.context, quayShop);
    expect(await reasonIn(await publish(officer, changeOf(now)))).toEqual([409, 'changed-meanwhile']);
  });

  it('publish what they were shown and nothing else, also where another shop changed meanwhile', async () => {
    const { server, officer } = await quayWithHill(await emptyPlace(engine));
    const administrator = await signInAs(server, 'administrator', quayShop.controller.id);
    const change = changeOf(await read(officer), { controller: { name: 'Quay Motors' } });
    const shown = await previewedBy(officer, QUAY, change);
    const grown = changeOf(await read(administrator, HILL), { settings: { ageOfConsent: 15 } });
    await termsIn(await publish(administrator, grown, HILL));
    const before = await stored(server);
    const late = await officer(apiPaths.terms(QUAY), post(shown));
    expect(await reasonIn(late)).toEqual([409, 'changed-meanwhile']);
    expect(await stored(server)).toEqual(before);
    // The terms of this shop are still those that the change began with: it is previewed anew, and published.
    const anew = await previewedBy(officer, QUAY, change);
    expect(anew.plan).not.toBe(shown.plan);
    expect((await officer(apiPaths.terms(QUAY), post(anew))).status).toBe(200);
    const { texts } = must((await noticesInForce(server.context.db, HILL)).get('en'));
    expect([texts.who.answer.includes('Quay Motors'), texts.ageQuestion.includes('15')]).toEqual([
      true,
      true,
    ]);
  });

  it('change two shops of one company one after the other, each whole', async () => {
    const { server, officer } = await quayWithHill(await emptyPlace(engine));
    const [quay, hill] = [await read(officer), await read(officer, HILL)];
    const answers = await Promise.all([
      publish(officer, changeOf(quay, { settings: { ageOfConsent: 18 } })),
      publish(officer, changeOf(hill, { settings: { ageOfConsent: 15 } }), HILL),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const [shopId, age] of [
      [QUAY, '18'],
      [HILL, '15'],
    ] as const) {
      const notice = must((await noticesInForce(server.context.db, shopId)).get('en'));
      expect([notice.version, notice.texts.ageQuestion.includes(age)]).toEqual(['2', true]);
    }
  });
});

describe.each(engines)('on %s, who publishes again and again', { timeout: LONG_MS }, (engine) => {
  it('is refused for the rest of a day, and hinders neither other companies nor what no notice tells', async () => {
    const clock = turnableClock(NOON);
    const { server, officer } = await quayWithHill({
      ...(await emptyPlace(engine)),
      now: clock.now,
      isDemo: true,
    });
    const { context } = server;
    const of = { shopId: QUAY, controllerId: quayShop.controller.id };
    for (let times = 0; times < 20; times += 1) {
      clock.turn(MINUTE_MS);
      const change = changeOf(await readTerms(context, QUAY), { controller: { name: `Quay ${times % 2}` } });
      const shown = await previewTerms(context, QUAY, change);
      if (!shown.ok) throw new Error(shown.reason);
      expect(await publishTerms(context, of, { ...change, plan: shown.preview.plan })).toMatchObject({
        ok: true,
      });
    }
    const again = changeOf(await read(officer), { controller: { name: 'Quay 0' } });
    const before = await stored(server);
    for (const refused of [await ask(officer, again), await publish(officer, again)])
      expect(await reasonIn(refused)).toEqual([429, 'published-too-often']);
    expect(await stored(server)).toEqual(before);
    const silent = changeOf(await read(officer), { settings: { idleSeconds: 90 } });
    await termsIn(await publish(officer, silent));
    const administrator = await signInAs(server, 'administrator', quayShop.controller.id);
    const west = { copyOf: QUAY, name: 'West', timeZone: 'Europe/Dublin', languages: ['en'] };
    expect((await administrator(apiPaths.shops, post(west))).status).toBe(200);
    const demo = await signInAs(server, 'officer');
    const elsewhere = changeOf(await termsIn(await demo(apiPaths.terms(DEMO_SHOP))), {
      settings: { ageOfConsent: 18 },
    });
    await termsIn(await publish(demo, elsewhere, DEMO_SHOP as ShopId));
    clock.turn(DAY_MS - 18 * MINUTE_MS);
    const nextDay = await signInAs(server, 'officer', quayShop.controller.id);
    const late = changeOf(await read(nextDay), { controller: { name: 'Quay 0' } });
    await termsIn(await publish(nextDay, late));
  });

  it('can fill no shop’s export, on the command line neither', async () => {
    const { server, officer } = await quayWithHill(await emptyPlace(engine));
    const { db } = server.context;
    const { is_named: _, ...first } = await db
      .selectFrom('notice')
      .selectAll()
      .where('shop_id', '=', QUAY)
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: 3_998 }, (__, number) => ({
      ...first,
      version: 0,
      hash: sha256(String(number)),
    }));
    for (let begin = 0; begin < rows.length; begin += 1_000)
      await db
        .insertInto('notice')
        .values(rows.slice(begin, begin + 1_000))
        .execute();
    const named = (name: string) => ({ controller: { name } });
    const last = await termsIn(await publish(officer, changeOf(await read(officer), named('Quay Motors'))));
    const before = await stored(server);
    const full = changeOf(last, named('Quay Vans'));
    for (const refused of [await ask(officer, full), await publish(officer, full)])
      expect(await reasonIn(refused)).toEqual([422, 'too-many-notices']);
    await expect(putShop(server.context, quayShop)).rejects.toThrow('no more fit into its exports');
    expect(await stored(server)).toEqual(before);
    const other = changeOf(await read(officer, HILL), { settings: { ageOfConsent: 18 } });
    await termsIn(await publish(officer, other, HILL));
  });
});

describe.each(engines)('on %s, times that officers change', { timeout: LONG_MS }, (engine) => {
  it('give no receipt that was given before more than it was promised', async () => {
    const { clock, server } = await retentionWorld(await emptyPlace(engine), NOON);
    await putShop(server.context, quayShop);
    const officer = await signInAs(server, 'officer', quayShop.controller.id);
    const hold = async (linkDays: number, receiptYears: number) =>
      termsIn(
        await publish(
          officer,
          changeOf(await read(officer), { controller: { retention: { linkDays, receiptYears } } }),
        ),
      );
    const code = await makePairingCode(server.context, QUAY);
    const kiosk = await TestKiosk.paired(server.url, clock.now, code);
    const visit = async () => {
      kiosk.config = kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
      clock.turn(HOUR_MS);
      await kiosk.visit();
      await kiosk.sync();
    };
    await hold(30, 5);
    await visit();
    await hold(14, 5);
    await visit();
    await hold(30, 3);
    await visit();
    await hold(30, 5);
    await visit();
    const { due } = retentionAnswerSchema.parse(await (await officer(apiPaths.retention)).json());
    expect(due).toEqual({
      links: [
        { date: '2026-12-08', count: 2 },
        { date: '2026-12-24', count: 2 },
      ],
      receipts: [
        { date: '2029-11-24', count: 3 },
        { date: '2031-11-24', count: 1 },
      ],
    });
  });
});
