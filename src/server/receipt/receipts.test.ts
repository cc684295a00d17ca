import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { apiPaths, type KioskConfig, receiptAnswerSchema } from '#protocol';
import { DAY_MS, HOUR_MS, type Instant, instant, type ReceiptId, randomId, sha256, toIso } from '#values';
import type { Database } from '../database/open.ts';
import { runRetention } from '../retention/run-retention.ts';
import { random, startTestServer, turnableClock } from '../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { countedOf, signInDemoStaff } from '../testing/test-staff.ts';

const YEAR_MS = 365 * DAY_MS;

/** What a visitor's phone does. */
function phone(url: string) {
  const post = async (path: string, secret: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    read: ({ id, secret }: Pick<GivenReceipt, 'id' | 'secret'>) => post(apiPaths.readReceipt(id), secret),
    withdraw: ({ id, secret }: Pick<GivenReceipt, 'id' | 'secret'>) =>
      post(apiPaths.withdrawReceipt(id), secret),
  };
}

async function setUp() {
  const clock = turnableClock();
  const server = await startTestServer({ now: clock.now });
  const kiosk = await TestKiosk.paired(server.url, clock.now);
  const staff = await signInDemoStaff(server);
  return { clock, server, kiosk, staff, phone: phone(server.url) };
}

async function configOf(kiosk: TestKiosk): Promise<KioskConfig> {
  return (await kiosk.request('GET', apiPaths.config)).body as KioskConfig;
}

/** As many withdrawals of receipts that do not exist as there is room for. */
async function fillRoom(db: Database, asked_at: Instant): Promise<void> {
  await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 500000)
    insert into waiting_withdrawal (receipt_id, secret_hash, asked_at)
    select 'made' || n || '-' || ${sql.lit(asked_at)}, 'hash', ${sql.lit(asked_at)} from numbers`.execute(db);
}

const answerOf = ({ text }: { text: string }) => receiptAnswerSchema.parse(JSON.parse(text));

describe("a visitor's phone", () => {
  it('reads a receipt with its secret, as it was signed', async () => {
    const { kiosk, phone } = await setUp();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    expect(answerOf(await phone.read(receipt))).toEqual({
      state: 'known',
      receipt: receipt.jws,
      publicKey: kiosk.publicKey,
      contribution: 'counted',
      withdrawnAt: null,
    });
  });

  it('learns that a receipt counted nothing', async () => {
    const { kiosk, phone } = await setUp();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    await kiosk.sync();
    expect(answerOf(await phone.read(receipt))).toMatchObject({ contribution: 'none' });
  });

  it('gets the same answer for a wrong secret, a wrong id and a receipt that has not arrived', async () => {
    const { kiosk, phone } = await setUp();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    const unsent = await kiosk.visit();
    const wrongSecret = { ...receipt, secret: randomId(random) };
    const wrongId = { id: randomId<ReceiptId>(random), secret: randomId(random) };
    const answers: Awaited<ReturnType<typeof phone.read>>[] = [];
    for (const asked of [wrongSecret, wrongId, unsent]) {
      answers.push(await phone.read(asked), await phone.withdraw(asked));
    }
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['200 {"state":"unknown"}']),
    );
    const named = answers.map(({ headers }) => [...headers.keys()].join());
    expect(new Set(named).size).toBe(1);
    expect(answerOf(await phone.read(receipt))).toMatchObject({ contribution: 'counted' });
  });

  it('takes a receipt back: out of the numbers, down to the kiosk, and only once', async () => {
    const { clock, kiosk, phone, staff } = await setUp();
    const receipt = await kiosk.visit();
    await kiosk.visit();
    await kiosk.sync();
    const first = answerOf(await phone.withdraw(receipt));
    clock.turn(1_000);
    expect(first).toMatchObject({ state: 'known', contribution: 'withdrawn' });
    expect(answerOf(await phone.withdraw(receipt))).toEqual(first);
    expect(countedOf(await staff.today())).toBe(1);
    const before = await kiosk.request('GET', apiPaths.config);
    expect((before.body as KioskConfig).withdrawals).toEqual([{ receiptId: receipt.id, place: 'phone' }]);
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'phone' });
    await kiosk.sync();
    expect((await configOf(kiosk)).withdrawals).toEqual([]);
    expect(answerOf(await phone.read(receipt))).toEqual(first);
    expect(countedOf(await staff.today())).toBe(1);
  });

  it('takes a receipt back before it has arrived', async () => {
    const { kiosk, phone, staff } = await setUp();
    const receipt = await kiosk.visit();
    expect(answerOf(await phone.withdraw(receipt))).toEqual({ state: 'unknown' });
    expect(answerOf(await phone.withdraw(receipt))).toEqual({ state: 'unknown' });
    await kiosk.visit();
    await kiosk.sync();
    expect(countedOf(await staff.today())).toBe(1);
    expect(answerOf(await phone.read(receipt))).toMatchObject({ contribution: 'withdrawn' });
    expect((await configOf(kiosk)).withdrawals).toEqual([{ receiptId: receipt.id, place: 'phone' }]);
  });

  it('that was quicker does not stop the number from being recorded, only from being counted', async () => {
    const { kiosk, phone, staff } = await setUp();
    const receipt = await kiosk.receipt();
    kiosk.issue(receipt);
    await kiosk.sync();
    await phone.withdraw(receipt);
    const lookId = kiosk.look([receipt.id]);
    kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    expect((await kiosk.sync()).status).toBe(200);
    expect(countedOf(await staff.today())).toBe(0);
  });

  it('cannot take back a receipt that is on its way with a wrong secret', async () => {
    const { kiosk, phone, staff } = await setUp();
    const receipt = await kiosk.visit();
    await phone.withdraw({ ...receipt, secret: randomId(random) });
    await kiosk.sync();
    expect(countedOf(await staff.today())).toBe(1);
  });

  it('takes back from the moment it asked, on a tablet that is weeks without a network', async () => {
    const { clock, server, kiosk, phone } = await setUp();
    const receipt = await kiosk.visit();
    clock.turn(DAY_MS);
    const asked = clock.now();
    await phone.withdraw(receipt);
    clock.turn(DAY_MS);
    await phone.withdraw(receipt);
    clock.turn(19 * DAY_MS);
    await kiosk.sync();
    expect(answerOf(await phone.read(receipt))).toMatchObject({
      contribution: 'withdrawn',
      withdrawnAt: toIso(asked),
    });
    const [kept] = await server.context.db.selectFrom('receipt').select('issued_at').execute();
    expect(kept?.issued_at).toBe(instant(asked - DAY_MS));
  });

  it('shows that a receipt was given before it was taken back, where the tablet had a clock that ran ahead', async () => {
    const { clock, server, kiosk, phone } = await setUp();
    const receipt = await kiosk.receipt();
    const asked = clock.now();
    const { id: receiptId, jws, secret } = receipt;
    const issued = { receiptId, purposes: ['count' as const], receipt: jws, secretHash: sha256(secret) };
    kiosk.append('receipt-issued', issued, instant(asked + 2 * HOUR_MS));
    await phone.withdraw(receipt);
    clock.turn(HOUR_MS);
    await kiosk.sync();
    const kept = await server.context.db
      .selectFrom('receipt')
      .select(['issued_at', 'withdrawn_at'])
      .execute();
    expect(kept).toEqual([{ issued_at: asked, withdrawn_at: asked }]);
  });

  it('waits for a receipt as long as one may be kept, and then no longer', async () => {
    const { clock, kiosk, phone, server } = await setUp();
    const receipt = await kiosk.visit();
    await phone.withdraw(receipt);
    clock.turn(2 * YEAR_MS);
    await runRetention(server.context);
    await kiosk.sync();
    expect(answerOf(await phone.read(receipt))).toMatchObject({ contribution: 'withdrawn' });
    await phone.withdraw(await kiosk.visit());
    clock.turn(3 * YEAR_MS + 2 * DAY_MS);
    await runRetention(server.context);
    expect(await server.context.db.selectFrom('waiting_withdrawal').selectAll().execute()).toEqual([]);
  });

  it('that waits is pushed out by no flood of another day', async () => {
    const { clock, kiosk, phone, server } = await setUp();
    const { db } = server.context;
    const ofDay = async (asked_at: Instant) => {
      const rows = Array.from({ length: 500 }, () => ({
        receipt_id: randomId<ReceiptId>(random),
        secret_hash: sha256(randomId(random)),
        asked_at,
      }));
      await db.insertInto('waiting_withdrawal').values(rows).execute();
    };
    const waiting = async () =>
      (await db.selectFrom('waiting_withdrawal').select('receipt_id').execute()).map((row) => row.receipt_id);
    const before = await kiosk.visit();
    await phone.withdraw(before);
    clock.turn(DAY_MS);
    const early = await kiosk.visit();
    await phone.withdraw(early);
    for (let flood = 1; flood <= 8; flood += 1) await ofDay(instant(clock.now() + flood));
    clock.turn(DAY_MS);
    const after = await kiosk.visit();
    await phone.withdraw(after);
    await runRetention(server.context);
    expect(await waiting()).toHaveLength(4_003);
    clock.turn(43 * DAY_MS);
    await runRetention(server.context);
    const left = await waiting();
    // The first three thousand of a day, and those of the same millisecond as the last of them.
    expect(left.length).toBeLessThanOrEqual(3_503);
    expect(left).toEqual(expect.arrayContaining([before.id, early.id, after.id]));
  });

  it('finds room, though others have filled what is kept for longer than forty days', async () => {
    const { clock, kiosk, phone, server } = await setUp();
    const { db } = server.context;
    await fillRoom(db, instant(clock.now() - 41 * DAY_MS));
    expect((await phone.withdraw(await kiosk.visit())).status).toBe(200);
  });

  it('keeps no secret, only its hash', async () => {
    const { kiosk, phone, server } = await setUp();
    const [sent, unsent] = [await kiosk.visit(), await kiosk.receipt()];
    await kiosk.sync();
    await phone.withdraw(unsent);
    await phone.read(sent);
    const { db } = server.context;
    const rows = JSON.stringify([
      await db.selectFrom('receipt').selectAll().execute(),
      await db.selectFrom('entry').selectAll().execute(),
      await db.selectFrom('waiting_withdrawal').selectAll().execute(),
    ]);
    expect(rows).toContain(unsent.id);
    expect(rows).not.toContain(sent.secret);
    expect(rows).not.toContain(unsent.secret);
  });

  it('of receipts that do not exist fills nothing: after thirty in an hour only those that arrived are taken back', async () => {
    const { kiosk, phone, server } = await setUp();
    const arrived = await kiosk.visit();
    await kiosk.sync();
    const statuses: number[] = [];
    for (let asking = 0; asking < 40; asking += 1) {
      const made = { id: randomId<ReceiptId>(random), secret: randomId(random) };
      statuses.push((await phone.withdraw(made)).status);
    }
    expect(statuses).toEqual([...Array(30).fill(200), ...Array(10).fill(429)]);
    expect(await phone.withdraw(arrived)).toMatchObject({ status: 200 });
    const { db } = server.context;
    expect(await db.selectFrom('waiting_withdrawal').selectAll().execute()).toHaveLength(30);
  });

  it('is slowed down after sixty questions in a minute', async () => {
    const { phone } = await setUp();
    const asked = { id: randomId<ReceiptId>(random), secret: randomId(random) };
    for (let asking = 0; asking < 60; asking += 1) await phone.read(asked);
    const last = await phone.read(asked);
    expect(last).toMatchObject({ status: 429, text: '{"reason":"too-many-requests"}' });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
