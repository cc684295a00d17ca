import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashNotice } from '#consent';
import { checkLedger } from '#inspection';
import { apiPaths, inspectionSchema, kioskConfigSchema } from '#protocol';
import { instant, type KioskId, type ReceiptId, randomId, SECOND_MS, type ShopId, sha256 } from '#values';
import { nodeChecking } from '../node-checking.ts';
import { publishedNotices } from '../notices.ts';
import { withdrawReceipt } from '../receipt/withdraw-receipt.ts';
import { factsOfShop } from '../shop-facts.ts';
import { putShop } from '../shops.ts';
import { must } from '../testing/must.ts';
import { now, random, startTestServer, temporaryDir } from '../testing/start-test-server.ts';
import { TestKiosk, taken } from '../testing/test-kiosk.ts';
import { signInAs } from '../testing/test-officer.ts';
import { engines, POSTGRES_STARTING_MS, testPostgres } from '../testing/test-postgres.ts';
import { countedOf, DEMO_SHOP, signInDemoStaff } from '../testing/test-staff.ts';
import { migrations } from './migrations.ts';
import { bringForward, openDatabase } from './open.ts';
import { postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

const postgres = testPostgres();
const { emptyPlace } = postgres;

describe.each(engines)('on %s, the server', (engine) => {
  async function setUp() {
    const place = await emptyPlace(engine);
    const server = await startTestServer(place);
    const kiosk = await TestKiosk.paired(server.url);
    return { place, server, kiosk };
  }

  it('turns visits into numbers, live, and keeps them over a restart', async () => {
    const { place, server, kiosk } = await setUp();
    for (let visits = 0; visits < 12; visits += 1) await kiosk.visit(['count', 'demographics']);
    kiosk.append('release', { people: 12, change: { 'under-25/female': 12 } });
    const staffBefore = await signInDemoStaff(server);
    const { hour } = (await staffBefore.today()).hours[5] ?? {};
    kiosk.append('tally-closed', { hour: hour ?? '', declined: 3, left: 2 });
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    const before = await staffBefore.today();
    expect(countedOf(before)).toBe(12);
    expect(before.hours[5]).toMatchObject({ declined: 3, left: 2 });
    expect(before.released).toEqual({ people: 12, cells: { 'under-25/female': 12 } });
    await server.close();
    const again = await startTestServer(place);
    kiosk.url = again.url;
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(countedOf(await (await signInDemoStaff(again)).today())).toBe(13);
  });

  it('keeps a batch once that two nodes take at the same time', async () => {
    const { place, server, kiosk } = await setUp();
    // SQLite's second node stands for the command line, which works on the same file.
    const other = await startTestServer(place);
    for (let visits = 0; visits < 10; visits += 1) await kiosk.visit();
    const answers = await Promise.all(
      Array.from({ length: 16 }, async (_, request) => {
        const sender = Object.assign(Object.create(Object.getPrototypeOf(kiosk)) as TestKiosk, kiosk);
        sender.url = request % 2 === 0 ? server.url : other.url;
        return sender.send(kiosk.records.slice(0, request % 3 === 0 ? 20 : kiosk.records.length));
      }),
    );
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    await kiosk.sync();
    const entries = await server.context.db.selectFrom('entry').select('seq').execute();
    expect(entries).toHaveLength(kiosk.records.length);
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(10);
  });

  it('never misses a withdrawal that comes at the moment of its receipt', async () => {
    const { server, kiosk } = await setUp();
    await kiosk.sync();
    const staff = await signInDemoStaff(server);
    for (let round = 0; round < 12; round += 1) {
      const receipt = await kiosk.visit();
      const withdraw = fetch(`${server.url}${apiPaths.withdrawReceipt(receipt.id)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: receipt.secret }),
      });
      const [sent, withdrawn] = await Promise.all([kiosk.sync(), withdraw]);
      expect([sent.status, withdrawn.status]).toEqual([200, 200]);
    }
    expect(countedOf(await staff.today())).toBe(0);
  });

  it('inspects a shop', async () => {
    const { server, kiosk } = await setUp();
    kiosk.lookMs = 500;
    const [, back] = [await kiosk.visit(), await kiosk.visit(['count', 'demographics'])];
    kiosk.append('tally-closed', { hour: '2026-03-02T09', declined: 2, left: 1 });
    await kiosk.sync();
    await withdrawReceipt(server.context, taken(back, 'phone'));
    const officer = await signInAs(server, 'officer');
    const inspect = async () => {
      const period = new URLSearchParams({ from: '2026-01-01', to: '2098-12-31' });
      const response = await officer(`${apiPaths.inspection(DEMO_SHOP)}?${period}`);
      return inspectionSchema.parse(await response.json());
    };
    expect(await inspect()).toMatchObject({
      problems: [],
      looks: { opened: 2, covered: 2, cameraMs: 1_000 },
      tallies: { declined: 2, left: 1 },
      withdrawals: { made: 1, byPlace: { phone: 1 }, inLedger: 0, effect: { timed: 1, longestMs: 0 } },
    });
    kiosk.append('contribution-withdrawn', { receiptId: randomId(random), place: 'kiosk' });
    expect((await kiosk.sync()).status).toBe(422);
    await server.context.db.deleteFrom('entry').where('kind', '=', 'receipt-issued').execute();
    const { problems, kiosks } = await inspect();
    expect(problems.map(({ problem }) => problem)).toEqual(['look-uncovered', 'chain-broken', 'refused']);
    expect(kiosks[0]?.refusals).toEqual({ 'receipt-unknown': 1 });
  });

  it('exports a shop as a file that passes the check', async () => {
    const { server, kiosk } = await setUp();
    kiosk.lookMs = 500;
    for (let visits = 0; visits < 5; visits += 1) await kiosk.visit();
    await kiosk.sync();
    const officer = await signInAs(server, 'officer');
    const response = await officer(apiPaths.exportShop(DEMO_SHOP));
    const file = new Uint8Array(await response.arrayBuffer());
    expect(await checkLedger([file], nodeChecking)).toMatchObject({
      ok: true,
      report: { total: { receipts: 5 } },
    });
  });

  it('exports the notices that entries or receipts name and those in force, and no others', async () => {
    const { server, kiosk } = await setUp();
    kiosk.lookMs = 500;
    await kiosk.sync();
    const shopId = DEMO_SHOP as ShopId;
    const facts = await factsOfShop(server.context.db, shopId);
    const ask = async (ageOfConsent: number) => {
      await putShop(server.context, { ...facts, settings: { ...facts.settings, ageOfConsent } });
      return kioskConfigSchema.parse((await kiosk.request('GET', apiPaths.config)).body);
    };
    const officer = await signInAs(server, 'officer');
    const exported = async () => {
      const text = await (await officer(apiPaths.exportShop(DEMO_SHOP))).text();
      expect(await checkLedger([new TextEncoder().encode(text)], nodeChecking)).toMatchObject({ ok: true });
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const english = lines.filter(({ type, notice }) => type === 'notice' && notice.language === 'en');
      return english.map(({ notice }) => notice.version);
    };
    const second = await ask(13);
    const third = await ask(14);
    await ask(15);
    expect(await exported()).toEqual(['1', '4']);
    kiosk.config = third;
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(await exported()).toEqual(['1', '3', '4']);
    const inForce = must(second.notices.find(({ language }) => language === 'en'));
    const { language, version } = inForce;
    kiosk.append('notice-in-force', { noticeHash: hashNotice(inForce), language, version });
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    await ask(16);
    expect(await exported()).toEqual(['1', '2', '3', '5']);
  });

  it('pairs one tablet once that asks two nodes at the same time', async () => {
    const place = await emptyPlace(engine);
    const [one, other] = [await startTestServer(place), await startTestServer(place)];
    const kiosk = await TestKiosk.make(one.url);
    const twin = await TestKiosk.make(other.url);
    Object.assign(twin, { keys: kiosk.keys, kid: kiosk.kid, publicKey: kiosk.publicKey });
    const answers = await Promise.all([kiosk.pair(), twin.pair(), kiosk.pair(), twin.pair()]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('says nothing of NUL, SQL and quotes in any field but no', async () => {
    const { server } = await setUp();
    for (const text of ['\u0000', "'; drop table entry; --", '"', '\\', '%', '\ufffd']) {
      const id = encodeURIComponent(text);
      const response = await fetch(`${server.url}/api/receipts/${id}/read`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: text }),
      });
      expect([400, 404]).toContain(response.status);
    }
    expect(await server.context.db.selectFrom('entry').selectAll().execute()).toEqual([]);
  });

  it('leaves the old tables whole where bringing them forward dies halfway', async () => {
    const place = await emptyPlace(engine);
    const db = await openDatabase(place);
    onTestFinished(() => db.destroy());
    const broken = {
      async up(step: typeof db) {
        await step.schema.createTable('half_made').addColumn('id', 'text').execute();
        await step.schema.alterTable('shop').addColumn('colour', 'text').execute();
        throw new Error('The power went.');
      },
    };
    await expect(bringForward(db, { ...migrations, '999-broken': broken })).rejects.toThrow(
      'The power went.',
    );
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain('half_made');
    expect(tables.find(({ name }) => name === 'shop')?.columns.map(({ name }) => name)).not.toContain(
      'colour',
    );
    await bringForward(db, migrations);
  });
});

describe.each(engines)('on %s, receipts of a server that knew them by id alone', (engine) => {
  async function oldDatabase() {
    const { dataDir, databaseUrl } = await emptyPlace(engine);
    const connect = () => {
      const dialect = databaseUrl === null ? sqliteDialect(dataDir) : postgresDialect(databaseUrl);
      const connected = new Kysely<Tables>({ dialect });
      onTestFinished(() => connected.destroy());
      return connected;
    };
    const db = connect();
    const steps = Object.entries(migrations).filter(([name]) => name < '006');
    await bringForward(db, Object.fromEntries(steps));
    await sql`insert into controller values ('c', '{}')`.execute(db);
    await sql`insert into shop values ('s', 'c', '{}', '{}')`.execute(db);
    for (const id of ['k1', 'k2']) {
      await sql`insert into kiosk (id, kid, public_key_json, shop_id, name, paired_at)
        values (${id}, ${id}, '{}', 's', ${id}, 1)`.execute(db);
    }
    const receipt = {
      shop_id: 's' as ShopId,
      secret_hash: sha256('secret'),
      gives_demographics: 1,
      issued_at: instant(1_700_000_000_000),
      told_link_days: 30,
      told_receipt_years: 3,
      hour: '2026-03-02T09',
      withdrawn_at: null,
      withdrawn_place: null,
      withdrawn_in_ledger: 0,
      cut_at: null,
      counted_when_cut: 0,
    } as const;
    const withdrawn = { hour: null, withdrawn_at: instant(7), withdrawn_place: 'phone' } as const;
    const rows = Array.from({ length: 50 }, (_, seq) => ({
      ...receipt,
      ...(seq % 3 === 0 ? withdrawn : {}),
      ...(seq % 5 === 0 ? { cut_at: instant(8), counted_when_cut: 1, told_link_days: null } : {}),
      id: `r${String(seq).padStart(2, '0')}` as ReceiptId,
      kiosk_id: (seq % 2 === 0 ? 'k1' : 'k2') as KioskId,
      seq,
    }));
    await db.insertInto('receipt').values(rows).execute();
    return { db, rows, connect };
  }

  it('are all there in every column after it learned to know them by kiosk and id', async () => {
    const { db, rows } = await oldDatabase();
    await bringForward(db, migrations);
    expect(await db.selectFrom('receipt').selectAll().orderBy('id').execute()).toEqual(
      rows.map((row) => expect.objectContaining(row)),
    );
  });

  it('tell when they were taken back on a phone, and nothing where a kiosk’s word came at a time that nobody noted', async () => {
    const { db, rows } = await oldDatabase();
    const onKiosk = { ...must(rows[3]), id: 'on-kiosk' as ReceiptId, withdrawn_place: 'kiosk' } as const;
    await db.insertInto('receipt').values(onKiosk).execute();
    await bringForward(db, migrations);
    const told = await db
      .selectFrom('receipt')
      .select(['id', 'took_effect_at'])
      .where('took_effect_at', 'is not', null)
      .orderBy('id')
      .execute();
    const expected = rows.filter(
      ({ withdrawn_place, counted_when_cut }) => withdrawn_place !== null && counted_when_cut === 0,
    );
    expect(told).toEqual(expected.map(({ id, withdrawn_at }) => ({ id, took_effect_at: withdrawn_at })));
  });

  // SQLite's file has one writer at a time: there the second server would not even begin.
  if (engine === 'PostgreSQL')
    it('are all there with one that another server was still taking in meanwhile', async () => {
      const { db, rows, connect } = await oldDatabase();
      const late = { ...must(rows[0]), id: 'late' as ReceiptId, seq: rows.length };
      let broughtForward: Promise<void> = Promise.resolve();
      await connect()
        .transaction()
        .execute(async (other) => {
          // In the order in which a batch is taken in.
          await other
            .updateTable('kiosk')
            .set({ last_seen: instant(9) })
            .where('id', '=', late.kiosk_id)
            .execute();
          broughtForward = bringForward(db, migrations);
          // It waits for the other, or has copied by then what it could see.
          await Promise.race([broughtForward, setTimeout(SECOND_MS)]);
          await other.insertInto('receipt').values(late).execute();
        });
      await broughtForward;
      const kept = await db.selectFrom('receipt').select('id').orderBy('id').execute();
      expect(kept.map(({ id }) => id)).toEqual(['late', ...rows.map(({ id }) => id)]);
    });

  it('share an id with another kiosk’s from then on, and with none of their own kiosk', async () => {
    const { db, rows } = await oldDatabase();
    const [first] = rows;
    await expect(
      db
        .insertInto('receipt')
        .values({ ...must(first), kiosk_id: 'k2' as KioskId })
        .execute(),
    ).rejects.toThrow();
    await bringForward(db, migrations);
    await db
      .insertInto('receipt')
      .values({ ...must(first), kiosk_id: 'k2' as KioskId })
      .execute();
    await expect(db.insertInto('receipt').values(must(first)).execute()).rejects.toThrow();
  });

  it('are still of a kiosk and a shop that exist, and found as quickly', async () => {
    const { db, rows } = await oldDatabase();
    await bringForward(db, migrations);
    for (const nowhere of [{ kiosk_id: 'k3' as KioskId }, { shop_id: 's2' as ShopId }]) {
      const stray = { ...must(rows[0]), id: 'new' as ReceiptId, ...nowhere };
      await expect(db.insertInto('receipt').values(stray).execute()).rejects.toThrow();
    }
    const indexes =
      engine === 'SQLite'
        ? sql<{ name: string }>`select name from sqlite_master where type = 'index' and tbl_name = 'receipt'`
        : sql<{ name: string }>`select indexname as name from pg_indexes where tablename = 'receipt'`;
    const { rows: found } = await indexes.execute(db);
    expect(found.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['receipt_by_hour', 'receipt_by_withdrawal', 'receipt_by_issue']),
    );
  });
});

describe.each(engines)(
  'on %s, notices of a server that noted neither their versions nor who names them',
  (engine) => {
    it('are in force by the version that they say, and stay in every export', async () => {
      const { dataDir, databaseUrl } = await emptyPlace(engine);
      const dialect = databaseUrl === null ? sqliteDialect(dataDir) : postgresDialect(databaseUrl);
      const db = new Kysely<Tables>({ dialect });
      onTestFinished(() => db.destroy());
      const steps = Object.entries(migrations).filter(([name]) => name < '012');
      await bringForward(db, Object.fromEntries(steps));
      await sql`insert into controller values ('c', '{}')`.execute(db);
      for (const shop of ['s', 't']) {
        await sql`insert into shop values (${shop}, 'c', '{}', '{}')`.execute(db);
        for (const version of ['9', '10', '8'])
          for (const language of ['en', 'fr'])
            await sql`insert into notice values (${sha256(`${shop}${language}${version}`)}, ${shop}, 'c', ${language},
            ${JSON.stringify({ language, version })}, 1)`.execute(db);
      }
      await bringForward(db, migrations);
      const named = await db.selectFrom('notice').select('is_named').distinct().execute();
      expect(named).toEqual([{ is_named: 1 }]);
      const inForce = await publishedNotices(db, 's' as ShopId);
      expect([...inForce].map(([language, { hash }]) => [language, hash]).toSorted()).toEqual([
        ['en', sha256('sen10')],
        ['fr', sha256('sfr10')],
      ]);
    });
  },
);

it('has SQLite wait for the disk at each commit, and keep what a torn write would break', async () => {
  const db = await openDatabase({ dataDir: await temporaryDir(), databaseUrl: null });
  const setting = async (name: string) => (await sql.raw(`PRAGMA ${name}`).execute(db)).rows;
  const FULL = 2;
  expect(await setting('synchronous')).toEqual([{ synchronous: FULL }]);
  expect(await setting('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  await db.destroy();
});

describe('on SQLite, a full disk', () => {
  it('is answered with 503, acknowledges nothing, shows in health, and heals', async () => {
    const server = await startTestServer();
    const kiosk = await TestKiosk.paired(server.url);
    await kiosk.sync();
    const held = kiosk.head;
    const { db } = server.context;
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${pages.rows[0]?.page_count}`).execute(db);
    for (let visits = 0; visits < 20; visits += 1) await kiosk.visit();
    const refused = await kiosk.sync();
    expect(refused).toMatchObject({ status: 503, body: { reason: 'server-busy' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await kiosk.request('GET', apiPaths.head)).body).toEqual({ head: held });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503);
    await sql`pragma max_page_count = 1000000`.execute(db);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(20);
  });

  it('is told apart from a file that another program holds, which is waited for', async () => {
    const dataDir = await temporaryDir();
    const server = await startTestServer({ dataDir });
    const kiosk = await TestKiosk.paired(server.url);
    const { DatabaseSync } = await import('node:sqlite');
    const other = new DatabaseSync(join(dataDir, 'askfirst.db'));
    other.exec('begin immediate');
    expect(await kiosk.sync()).toMatchObject({ status: 503, body: { reason: 'server-busy' } });
    other.exec('rollback');
    other.close();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
  });
});

describe('on PostgreSQL, a database that goes away', () => {
  it(
    'is answered with 503 until it is back, and nothing acknowledged is lost',
    async () => {
      const place = await emptyPlace('PostgreSQL');
      const server = await startTestServer(place);
      const kiosk = await TestKiosk.paired(server.url);
      await kiosk.visit();
      await kiosk.sync();
      await kiosk.visit();
      await postgres.server().stop();
      expect(await kiosk.send(kiosk.records)).toMatchObject({ status: 503, body: { reason: 'server-busy' } });
      expect((await fetch(`${server.url}/healthz`)).status).toBe(503);
      await postgres.server().start();
      await expect
        .poll(async () => (await fetch(`${server.url}/healthz`)).status, { timeout: 10_000 })
        .toBe(200);
      expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
      expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(2);
    },
    POSTGRES_STARTING_MS,
  );
});

it('gives times back as numbers on both engines', async () => {
  for (const engine of engines) {
    const db = await openDatabase(await emptyPlace(engine));
    onTestFinished(() => db.destroy());
    const time = now();
    await db
      .insertInto('refusal')
      .values({ id: 'x', kiosk_id: 'k' as never, refused_at: time, reason: 'fork', seq: null })
      .execute();
    expect(await db.selectFrom('refusal').select(['refused_at', 'seq']).execute()).toEqual([
      { refused_at: time, seq: null },
    ]);
  }
});
