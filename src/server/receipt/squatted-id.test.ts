import { describe, expect, it } from 'vitest';
import { checkLedger } from '#inspection';
import { apiPaths, inspectionSchema, receiptAnswerSchema } from '#protocol';
import { DAY_MS, type ReceiptId, randomId } from '#values';
import { makePairingCode } from '../kiosk/pair.ts';
import { nodeChecking } from '../node-checking.ts';
import { runRetention } from '../retention/run-retention.ts';
import { everCounted } from '../retention/testing/retention-world.ts';
import type { RunningServer } from '../start-server.ts';
import { random, startTestServer, turnableClock } from '../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../testing/test-kiosk.ts';
import { putOtherShop, signInAs } from '../testing/test-officer.ts';
import { engines, testPostgres } from '../testing/test-postgres.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';

const { emptyPlace } = testPostgres();

/** What a kiosk's key can do with an id that somebody read off another kiosk's screen: a visit of its own under it. */
async function squat(kiosk: TestKiosk, { id }: GivenReceipt, secret = randomId(random)) {
  const { jws } = await kiosk.receipt(['count'], (facts) => ({
    ...facts,
    receiptId: id,
    receiptUrl: facts.receiptUrl.replace(facts.receiptId, id),
  }));
  const squatted = { id, secret, jws };
  kiosk.issue(squatted);
  const lookId = kiosk.look([id]);
  kiosk.append('contribution-recorded', { lookId, receiptId: id, headcount: 1 });
  return squatted;
}

async function ask(path: string, url: string, body: object) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return receiptAnswerSchema.parse(await response.json());
}

/** What a phone does that scanned the code on a kiosk's screen. */
function phoneAt(kiosk: TestKiosk) {
  const body = ({ secret }: GivenReceipt) => ({ secret, keyThumbprint: kiosk.kid });
  return {
    read: (receipt: GivenReceipt) => ask(apiPaths.readReceipt(receipt.id), kiosk.url, body(receipt)),
    withdraw: (receipt: GivenReceipt) => ask(apiPaths.withdrawReceipt(receipt.id), kiosk.url, body(receipt)),
  };
}

const secretAlone = ({ url }: RunningServer, { id, secret }: GivenReceipt) =>
  ask(apiPaths.readReceipt(id), url, { secret });

describe.each(engines)('a receipt’s id that another kiosk took first, on %s,', (engine) => {
  async function setUp() {
    const clock = turnableClock();
    const server = await startTestServer({ ...(await emptyPlace(engine)), now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    kiosk.lookMs = 500;
    const other = await putOtherShop(server);
    const code = await makePairingCode(server.context, other.shopId);
    const squatter = await TestKiosk.paired(server.url, clock.now, code);
    squatter.lookMs = 500;
    return { clock, server, kiosk, squatter, other };
  }

  it('keeps nothing of the true kiosk out, and each is counted in its own shop', async () => {
    const { server, kiosk, squatter, other } = await setUp();
    const receipt = await kiosk.visit();
    await squat(squatter, receipt);
    expect((await squatter.sync()).status).toBe(200);
    await kiosk.visit();
    expect(await kiosk.sync()).toMatchObject({ status: 200, body: { head: kiosk.head } });
    expect(await everCounted(server)).toBe(2);
    expect(await everCounted(server, other.shopId)).toBe(1);
  });

  it('is refused a second time only of the kiosk that has it already', async () => {
    const { kiosk } = await setUp();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    await squat(kiosk, receipt);
    expect(await kiosk.sync()).toMatchObject({ status: 422, body: { reason: 'receipt-mismatch' } });
  });

  it('is read by each secret as the receipt that its holder was given', async () => {
    const { server, kiosk, squatter } = await setUp();
    const receipt = await kiosk.visit();
    const squatted = await squat(squatter, receipt);
    await squatter.sync();
    expect(await secretAlone(server, receipt)).toEqual({ state: 'unknown' });
    await kiosk.sync();
    expect(await secretAlone(server, receipt)).toMatchObject({ state: 'known', receipt: receipt.jws });
    expect(await secretAlone(server, squatted)).toMatchObject({ state: 'known', receipt: squatted.jws });
  });

  it('answers under a secret that was seen too only for the key that the link names', async () => {
    const { kiosk, squatter } = await setUp();
    const receipt = await kiosk.visit();
    const squatted = await squat(squatter, receipt, receipt.secret);
    await squatter.sync();
    expect(await phoneAt(kiosk).read(receipt)).toEqual({ state: 'unknown' });
    await kiosk.sync();
    const publicKey = kiosk.publicKey;
    expect(await phoneAt(kiosk).read(receipt)).toMatchObject({ receipt: receipt.jws, publicKey });
    expect(await phoneAt(squatter).read(squatted)).toMatchObject({ receipt: squatted.jws });
  });

  it('is taken back for the holder of the secret alone', async () => {
    const { server, kiosk, squatter, other } = await setUp();
    const receipt = await kiosk.visit();
    const squatted = await squat(squatter, receipt);
    await squatter.sync();
    await kiosk.sync();
    await phoneAt(squatter).withdraw(squatted);
    expect(await everCounted(server)).toBe(1);
    expect(await everCounted(server, other.shopId)).toBe(0);
    await phoneAt(kiosk).withdraw(receipt);
    expect(await everCounted(server)).toBe(0);
  });

  it('is taken back on the kiosk in the books of that kiosk alone', async () => {
    const { server, kiosk, squatter, other } = await setUp();
    const receipt = await kiosk.visit();
    await squat(squatter, receipt);
    await kiosk.sync();
    await squatter.sync();
    squatter.append('contribution-withdrawn', { receiptId: receipt.id, place: 'kiosk' });
    await squatter.sync();
    expect(await everCounted(server)).toBe(1);
    expect(await everCounted(server, other.shopId)).toBe(0);
    expect(await secretAlone(server, receipt)).toMatchObject({ contribution: 'counted' });
  });

  it('uses up no withdrawal that waits for the true one', async () => {
    const { server, kiosk, squatter } = await setUp();
    const receipt = await kiosk.visit();
    expect(await phoneAt(kiosk).withdraw(receipt)).toEqual({ state: 'unknown' });
    await squat(squatter, receipt, receipt.secret);
    await squatter.sync();
    await kiosk.sync();
    expect(await everCounted(server)).toBe(0);
    expect(await phoneAt(kiosk).read(receipt)).toMatchObject({ contribution: 'withdrawn' });
  });

  it('keeps staff from no receipt of their own, and shows them none of another controller', async () => {
    const { server, kiosk, squatter, other } = await setUp();
    const receipt = await kiosk.visit();
    await squat(squatter, receipt, receipt.secret);
    await squatter.sync();
    await kiosk.sync();
    const takeBack = async (controllerId?: typeof other.controllerId, secret = receipt.secret) => {
      const staff = await signInAs(server, 'staff', controllerId);
      const response = await staff(apiPaths.staffWithdrawals, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ receiptId: receipt.id, secret }),
      });
      return receiptAnswerSchema.parse(await response.json());
    };
    expect(await takeBack(undefined, randomId(random))).toEqual({ state: 'unknown' });
    expect(await takeBack()).toMatchObject({ receipt: receipt.jws, contribution: 'withdrawn' });
    expect(await everCounted(server)).toBe(0);
  });

  it('loses link and receipt by its own time alone', async () => {
    const { clock, server, kiosk, squatter, other } = await setUp();
    const id: ReceiptId = randomId(random);
    await squat(squatter, { id, secret: '', jws: '' });
    await squatter.sync();
    clock.turn(20 * DAY_MS);
    const receipt = await squat(kiosk, { id, secret: '', jws: '' });
    await kiosk.sync();
    clock.turn(15 * DAY_MS);
    await runRetention(server.context);
    expect(await secretAlone(server, receipt)).toMatchObject({ contribution: 'counted' });
    clock.turn(3 * 365 * DAY_MS - 20 * DAY_MS);
    await runRetention(server.context);
    expect(await secretAlone(server, receipt)).toMatchObject({ contribution: 'anonymous' });
    const left = await server.context.db.selectFrom('receipt').select('kiosk_id').execute();
    expect(left).toEqual([{ kiosk_id: kiosk.paired?.kioskId }]);
    expect([await everCounted(server), await everCounted(server, other.shopId)]).toEqual([1, 1]);
  });

  it('mixes no two kiosks of one shop, in its inspection or in its file', async () => {
    const { clock, server, kiosk } = await setUp();
    const code = await makePairingCode(server.context, DEMO_SHOP as never);
    const neighbour = await TestKiosk.paired(server.url, clock.now, code);
    neighbour.lookMs = 500;
    const receipt = await kiosk.visit();
    const squatted = await squat(neighbour, receipt);
    await kiosk.sync();
    await neighbour.sync();
    await phoneAt(kiosk).withdraw(receipt);
    clock.turn(60_000);
    await phoneAt(neighbour).withdraw(squatted);
    for (const each of [neighbour, kiosk]) {
      clock.turn(120_000);
      each.append('contribution-withdrawn', { receiptId: receipt.id, place: 'phone' });
      await each.sync();
    }
    const officer = await signInAs(server, 'officer');
    const period = new URLSearchParams({ from: '2026-01-01', to: '2098-12-31' });
    const inspected = await officer(`${apiPaths.inspection(DEMO_SHOP)}?${period}`);
    expect(inspectionSchema.parse(await inspected.json())).toMatchObject({
      problems: [],
      withdrawals: { made: 2, inLedger: 2, ledger: { medianMs: 300_000, longestMs: 300_000 } },
    });
    const file = new Uint8Array(await (await officer(apiPaths.exportShop(DEMO_SHOP))).arrayBuffer());
    expect(await checkLedger([file], nodeChecking)).toMatchObject({ ok: true });
  });
});
