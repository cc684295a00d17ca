import { describe, expect, it } from 'vitest';
import { hashNotice, signReceipt } from '#consent';
import { type Checkpoint, type EntryBodies, type Head, signCheckpoint, verifyCheckpoint } from '#ledger';
import { apiPaths, MAX_BATCH_RECORDS } from '#protocol';
import {
  DAY_MS,
  HOUR_MS,
  instant,
  type KioskId,
  type LookId,
  type ReceiptId,
  randomId,
  sha256,
  toIso,
} from '#values';
import { must } from '../testing/must.ts';
import { random, startTestServer, temporaryDir, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk } from '../testing/test-kiosk.ts';
import { countedOf, signInDemoStaff } from '../testing/test-staff.ts';

/** What the database holds of one kind, whoever sent it. */
async function stored(
  server: Awaited<ReturnType<typeof startTestServer>>,
  table: 'entry' | 'receipt' | 'refusal' | 'checkpoint',
) {
  return server.context.db.selectFrom(table).selectAll().execute();
}

async function demoKiosk() {
  const server = await startTestServer();
  const kiosk = await TestKiosk.paired(server.url);
  return { server, kiosk };
}

describe('a batch of entries', () => {
  it("turns a visitor's yes into a number on today", async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    await kiosk.visit(['count', 'demographics']);
    const answer = await kiosk.send(kiosk.records);
    expect(answer).toMatchObject({ status: 200, body: { head: kiosk.head } });
    const staff = await signInDemoStaff(server);
    expect(countedOf(await staff.today())).toBe(2);
  });

  it('counts a group one each, with one look for all', async () => {
    const { server, kiosk } = await demoKiosk();
    const receipts = [await kiosk.receipt(), await kiosk.receipt(), await kiosk.receipt()];
    for (const receipt of receipts) kiosk.issue(receipt);
    const ids = receipts.map(({ id }) => id);
    const lookId = kiosk.look(ids);
    for (const receiptId of ids) kiosk.append('contribution-recorded', { lookId, receiptId, headcount: 1 });
    expect((await kiosk.sync()).status).toBe(200);
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(3);
  });

  it('sent twice changes nothing and gets the same head', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    const first = await kiosk.send(kiosk.records);
    const second = await kiosk.send(kiosk.records);
    expect(second).toMatchObject({ status: 200, body: first.body as object });
    expect(await stored(server, 'entry')).toHaveLength(kiosk.records.length);
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(1);
  });

  it('that overlaps what is stored adds only the rest', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    await kiosk.send(kiosk.records.slice(0, 4));
    expect((await kiosk.send(kiosk.records.slice(2))).body).toEqual({ head: kiosk.head });
    expect(await stored(server, 'entry')).toHaveLength(kiosk.records.length);
  });

  it('sent many times at once is kept once', async () => {
    const { server, kiosk } = await demoKiosk();
    for (let visits = 0; visits < 10; visits += 1) await kiosk.visit();
    const halves = [kiosk.records.slice(0, 20), kiosk.records];
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => kiosk.send(halves[i % 2]!)));
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(await stored(server, 'entry')).toHaveLength(kiosk.records.length);
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(10);
  });

  it('says the same cut anywhere: what one batch begins another may end', async () => {
    for (const size of [1, 2, 3, 5]) {
      const { server, kiosk } = await demoKiosk();
      await kiosk.visit();
      const takenBack = await kiosk.visit();
      kiosk.append('contribution-withdrawn', { receiptId: takenBack.id, place: 'kiosk' });
      expect(await kiosk.sync(size)).toMatchObject({ status: 200, body: { head: kiosk.head } });
      expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(1);
    }
  });

  it('that leaves a gap is refused with the head that is expected', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    const first = await kiosk.send(kiosk.records.slice(0, 3));
    const { head } = first.body as { head: Head };
    expect(await kiosk.send(kiosk.records.slice(4))).toMatchObject({
      status: 409,
      body: { reason: 'does-not-join', head },
    });
    expect(await stored(server, 'entry')).toHaveLength(3);
  });

  it('that disagrees with a stored entry is a fork, refused and shown', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    await kiosk.sync();
    const clone = await TestKiosk.make(server.url);
    Object.assign(clone, { keys: kiosk.keys, kid: kiosk.kid, publicKey: kiosk.publicKey });
    await clone.pair();
    await clone.begin();
    await clone.visit();
    expect(await clone.send(clone.records)).toMatchObject({
      status: 409,
      body: { reason: 'fork', head: kiosk.head },
    });
    const today = await (await signInDemoStaff(server)).today();
    expect(today.kiosks.map(({ condition }) => condition)).toEqual(['fork']);
    expect(countedOf(today)).toBe(1);
    // The first one's chain is not corrupted, and goes on.
    await kiosk.visit();
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
  });

  it('is kept with the head that the kiosk signed, the newest and the last of each day', async () => {
    const clock = turnableClock(instant(Date.UTC(2026, 10, 24, 12)));
    const server = await startTestServer({ now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    const heads: (Head | null)[] = [];
    for (let day = 0; day < 2; day += 1) {
      for (let visit = 0; visit < 3; visit += 1) {
        await kiosk.visit();
        await kiosk.sync();
      }
      heads.push(kiosk.head);
      clock.turn(24 * HOUR_MS);
    }
    const kept = await stored(server, 'checkpoint');
    const signed = await Promise.all(
      kept.map(async (row) => {
        const { checkpoint } = row as { checkpoint: string };
        const verified = await verifyCheckpoint(checkpoint, kiosk.publicKey);
        return verified.ok ? verified.payload : null;
      }),
    );
    expect(signed).toMatchObject(heads);
  });

  it.each<[string, (checkpoint: Checkpoint, other: Checkpoint) => Checkpoint]>([
    ['of another hash', (signed) => ({ ...signed, hash: sha256('another') })],
    ['of an earlier entry', (signed) => ({ ...signed, seq: signed.seq - 1 })],
    ['of a later entry', (signed) => ({ ...signed, seq: signed.seq + 1 })],
    ['of another kiosk', (signed, other) => ({ ...signed, kioskId: other.kioskId })],
  ])('with a checkpoint %s is refused and kept nowhere', async (_, twist) => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    const other = { kioskId: randomId<KioskId>(random) } as Checkpoint;
    const answer = await kiosk.send(kiosk.records, (signed) => twist(signed, other));
    expect(answer).toMatchObject({ status: 422, body: { reason: 'checkpoint-wrong' } });
    expect(await stored(server, 'entry')).toEqual([]);
    expect(await stored(server, 'checkpoint')).toEqual([]);
  });

  it('with a checkpoint by another key is refused', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    const stranger = await TestKiosk.make(server.url);
    const head = must(kiosk.head);
    const signed = { kioskId: must(kiosk.paired).kioskId, ...head, time: toIso(kiosk.now()) };
    const body = {
      records: kiosk.records,
      checkpoint: await signCheckpoint(signed, stranger.keys.privateKey, kiosk.kid),
    };
    expect(await kiosk.request('POST', apiPaths.entries, body)).toMatchObject({
      status: 422,
      body: { reason: 'checkpoint-wrong' },
    });
  });

  it('with one wrong entry keeps nothing of it', async () => {
    const { server, kiosk } = await demoKiosk();
    await kiosk.visit();
    kiosk.append('contribution-withdrawn', { receiptId: randomId<ReceiptId>(random), place: 'kiosk' });
    expect(await kiosk.send(kiosk.records)).toMatchObject({
      status: 422,
      body: { reason: 'receipt-unknown', seq: kiosk.head!.seq },
    });
    expect(await stored(server, 'entry')).toEqual([]);
    expect(await stored(server, 'receipt')).toEqual([]);
    expect(await stored(server, 'refusal')).toMatchObject([
      { reason: 'receipt-unknown', seq: kiosk.head!.seq },
    ]);
  });

  it('that is refused again and again is noted a hundred times a day for each reason, and the first of another reason at once', async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    const wrong = () => kiosk.send(kiosk.records, (signed) => ({ ...signed, seq: signed.seq + 1 }));
    const noted = async (reason: string) =>
      (await stored(server, 'refusal')).filter((refusal) => refusal.reason === reason).length;
    for (let times = 0; times < 103; times += 1) {
      expect(await wrong()).toMatchObject({ status: 422, body: { reason: 'checkpoint-wrong' } });
    }
    expect(await noted('checkpoint-wrong')).toBe(100);
    expect((await kiosk.send(kiosk.records.slice(2))).body).toMatchObject({ reason: 'does-not-join' });
    expect(await noted('does-not-join')).toBe(1);
    clock.turn(DAY_MS);
    await wrong();
    expect(await noted('checkpoint-wrong')).toBe(101);
  });

  it('of more entries than one may hold is refused before they are looked at', async () => {
    const { kiosk } = await demoKiosk();
    const batch = Array.from({ length: MAX_BATCH_RECORDS + 1 }, () => 0);
    expect(await kiosk.send(batch)).toMatchObject({ status: 413, body: { reason: 'too-large' } });
    expect(await kiosk.send(Array.from({ length: 500_000 }, () => 0))).toMatchObject({ status: 413 });
  });

  it('goes on where it stopped after the server was restarted in the middle', async () => {
    const dataDir = await temporaryDir();
    const first = await startTestServer({ dataDir });
    const kiosk = await TestKiosk.paired(first.url);
    for (let visits = 0; visits < 5; visits += 1) await kiosk.visit();
    await kiosk.send(kiosk.records.slice(0, 9));
    await first.close();
    const second = await startTestServer({ dataDir });
    kiosk.url = second.url;
    expect((await kiosk.sync()).body).toEqual({ head: kiosk.head });
    expect(countedOf(await (await signInDemoStaff(second)).today())).toBe(5);
  });

  it('lands in the hour of its own time, not of its arrival', async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    await kiosk.visit();
    clock.turn(26 * HOUR_MS);
    await kiosk.visit();
    await kiosk.sync();
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(1);
  });
});

describe('an entry that claims what cannot be', () => {
  async function refusalOf(twist: (kiosk: TestKiosk) => Promise<void> | void) {
    const { server, kiosk } = await demoKiosk();
    await twist(kiosk);
    const { status, body } = await kiosk.send(kiosk.records);
    expect(await stored(server, 'entry')).toEqual([]);
    return { status, reason: (body as { reason: string }).reason };
  }

  it('is refused: a body that was edited', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      await kiosk.visit();
      const last = kiosk.records.pop()!;
      kiosk.records.push({
        ...last,
        body: { ...last.body!, receiptId: randomId<ReceiptId>(random) },
      } as typeof last);
    });
    expect(refusal).toEqual({ status: 422, reason: 'chain-broken' });
  });

  it('is refused: a body that is missing', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      await kiosk.visit();
      kiosk.records.push({ ...kiosk.records.pop()!, body: null });
    });
    expect(refusal).toEqual({ status: 400, reason: 'malformed' });
  });

  it("is refused: a chain that begins with another kiosk's id", async () => {
    const refusal = await refusalOf((kiosk) => {
      kiosk.records.length = 0;
      kiosk.head = null;
      kiosk.append('kiosk-paired', {
        ...kiosk.paired!,
        kioskId: randomId(random),
        publicKey: kiosk.publicKey,
      });
    });
    expect(refusal).toEqual({ status: 422, reason: 'other-kiosk' });
  });

  it('is refused: a chain that does not say whose it is', async () => {
    const refusal = await refusalOf((kiosk) => {
      kiosk.records.length = 0;
      kiosk.head = null;
      kiosk.append('clock-changed', { offsetMs: 0, uncertaintyMs: 0 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'other-kiosk' });
  });

  it('is refused: a notice in force that was never published', async () => {
    const refusal = await refusalOf((kiosk) => {
      kiosk.append('notice-in-force', { noticeHash: sha256('never'), language: 'en', version: '1' });
    });
    expect(refusal).toEqual({ status: 422, reason: 'notice-unknown' });
  });

  it.each<
    [
      string,
      string,
      (
        kiosk: TestKiosk,
      ) => Promise<
        { purposes?: EntryBodies['receipt-issued']['purposes'] } & Awaited<ReturnType<TestKiosk['receipt']>>
      >,
    ]
  >([
    [
      'a receipt that was edited',
      'receipt-signature-wrong',
      async (kiosk) => {
        const receipt = await kiosk.receipt();
        const [header, payload, signature] = receipt.jws.split('.');
        const document = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
        const edited = Buffer.from(JSON.stringify({ ...document, 'dct:language': 'de' })).toString(
          'base64url',
        );
        return { ...receipt, jws: `${header}.${edited}.${signature}` };
      },
    ],
    [
      'a receipt signed by another key',
      'receipt-signature-wrong',
      async (kiosk) => {
        const other = await TestKiosk.make(kiosk.url);
        Object.assign(other, { config: kiosk.config, paired: kiosk.paired });
        return other.receipt();
      },
    ],
    [
      "a receipt signed by another key under this key's name",
      'receipt-signature-wrong',
      async (kiosk) => {
        const other = await TestKiosk.make(kiosk.url);
        Object.assign(other, { config: kiosk.config, paired: kiosk.paired, kid: kiosk.kid });
        return other.receipt();
      },
    ],
    [
      'a receipt over a changed notice',
      'notice-unknown',
      (kiosk) =>
        kiosk.receipt(['count'], (facts) => ({
          ...facts,
          notice: { ...facts.notice, hash: sha256('other') },
          noticeUrl: facts.noticeUrl.replace(facts.notice.hash, sha256('other')),
        })),
    ],
    [
      'a receipt in which a picture is hidden',
      'receipt-mismatch',
      async (kiosk) => {
        const given = await kiosk.receipt();
        const payload = Buffer.from(given.jws.split('.')[1] ?? '', 'base64url').toString();
        const more = { ...JSON.parse(payload), 'askfirst:picture': 'A'.repeat(15_000) };
        return { ...given, jws: await signReceipt(more, kiosk.keys.privateKey, kiosk.kid) };
      },
    ],
    [
      'a receipt that names the notice by another version',
      'receipt-mismatch',
      (kiosk) =>
        kiosk.receipt(['count'], (facts) => ({ ...facts, notice: { ...facts.notice, version: '7' } })),
    ],
    [
      "a receipt with another kiosk's id",
      'other-kiosk',
      (kiosk) => kiosk.receipt(['count'], (facts) => ({ ...facts, kioskId: randomId(random) })),
    ],
    [
      "a receipt with another shop's id",
      'other-kiosk',
      (kiosk) =>
        kiosk.receipt(['count'], (facts) => ({ ...facts, shop: { ...facts.shop, id: 'other' as never } })),
    ],
    [
      'a receipt for another controller',
      'notice-unknown',
      (kiosk) =>
        kiosk.receipt(['count'], (facts) => ({
          ...facts,
          controller: { ...facts.controller, id: 'other' as never },
        })),
    ],
    [
      'a receipt with another id than its entry',
      'receipt-mismatch',
      async (kiosk) => ({ ...(await kiosk.receipt()), id: randomId<ReceiptId>(random) }),
    ],
    [
      'more purposes in the entry than in the receipt',
      'receipt-mismatch',
      async (kiosk) => ({ ...(await kiosk.receipt(['count'])), purposes: ['count', 'demographics'] }),
    ],
    [
      'age and gender of a child',
      'receipt-mismatch',
      async (kiosk) => ({
        ...(await kiosk.receipt(['count', 'demographics'], (facts) => ({ ...facts, givenBy: 'guardian' }))),
        purposes: ['count', 'demographics'],
      }),
    ],
    [
      'age and gender without a count',
      'receipt-mismatch',
      async (kiosk) => ({ ...(await kiosk.receipt(['demographics'])), purposes: ['demographics'] }),
    ],
  ])('is refused: %s', async (_, reason, forge) => {
    const refusal = await refusalOf(async (kiosk) => {
      const { purposes, ...receipt } = await forge(kiosk);
      kiosk.issue(receipt, purposes);
    });
    expect(refusal).toEqual({ status: 422, reason });
  });

  it('is refused: a receipt without a signature', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.receipt();
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'consent-receipt+jws', kid: kiosk.kid }));
      const jws = `${header.toString('base64url')}.${receipt.jws.split('.')[1]}.AA`;
      kiosk.issue({ ...receipt, jws });
    });
    expect(refusal).toEqual({ status: 422, reason: 'receipt-signature-wrong' });
  });

  it('is refused: the same receipt issued twice', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.receipt();
      kiosk.issue(receipt);
      kiosk.issue(receipt);
    });
    expect(refusal).toEqual({ status: 422, reason: 'receipt-mismatch' });
  });

  it('is refused: a look without a receipt', async () => {
    const refusal = await refusalOf((kiosk) => void kiosk.look([randomId<ReceiptId>(random)]));
    expect(refusal).toEqual({ status: 422, reason: 'receipt-unknown' });
  });

  it('is refused: a look for a receipt that comes only after it', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.receipt();
      kiosk.look([receipt.id]);
      kiosk.issue(receipt);
    });
    expect(refusal).toEqual({ status: 422, reason: 'receipt-unknown' });
  });

  it('is refused: a receipt that a batch before brought already', async () => {
    const { server, kiosk } = await demoKiosk();
    const receipt = await kiosk.visit();
    expect((await kiosk.sync()).status).toBe(200);
    kiosk.issue(receipt);
    expect(await kiosk.sync()).toMatchObject({
      status: 422,
      body: { reason: 'receipt-mismatch', seq: kiosk.head!.seq },
    });
    expect(await stored(server, 'receipt')).toHaveLength(1);
  });

  it('is refused: a look that closes for others than it opened for', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const [one, other] = [await kiosk.receipt(), await kiosk.receipt()];
      kiosk.issue(one);
      kiosk.issue(other);
      const lookId = randomId<LookId>(random);
      kiosk.append('look-opened', { lookId, receiptIds: [one.id] });
      const closed = { lookId, receiptIds: [other.id], ending: 'counted' } as const;
      kiosk.append('look-closed', { ...closed, openMs: 1, framesSeen: 1, framesRefused: 0 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'look-unknown' });
  });

  it('is refused: a number from a look that counted nobody', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.receipt();
      kiosk.issue(receipt);
      const lookId = kiosk.look([receipt.id], 'nobody');
      kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'look-unknown' });
  });

  it('is refused: a number for a receipt that the look was not for', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const [one, other] = [await kiosk.receipt(), await kiosk.receipt()];
      kiosk.issue(one);
      kiosk.issue(other);
      const lookId = kiosk.look([one.id]);
      kiosk.append('contribution-recorded', { lookId, receiptId: other.id, headcount: 1 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'look-unknown' });
  });

  it('is refused: a second number for one receipt', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.visit();
      const lookId = kiosk.look([receipt.id]);
      kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'contribution-twice' });
  });

  it('is refused: a number for a receipt that was taken back at the kiosk', async () => {
    const refusal = await refusalOf(async (kiosk) => {
      const receipt = await kiosk.receipt();
      kiosk.issue(receipt);
      kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'kiosk' });
      const lookId = kiosk.look([receipt.id]);
      kiosk.append('contribution-recorded', { lookId, receiptId: receipt.id, headcount: 1 });
    });
    expect(refusal).toEqual({ status: 422, reason: 'contribution-twice' });
  });

  it.each([
    ['of nine people', { people: 9, change: { '25-39/female': 9 } }],
    ['whose cells do not add up', { people: 12, change: { '25-39/female': 5, '40-59/male': 6 } }],
  ])('is refused: a release %s', async (_, release) => {
    expect(await refusalOf((kiosk) => void kiosk.append('release', release))).toEqual({
      status: 422,
      reason: 'release-too-small',
    });
  });

  it('is refused: a release of more people than gave age and gender, in one or in several', async () => {
    const ten = { people: 10, change: { '25-39/female': 10 } };
    const refused = { status: 422, reason: 'release-too-large' };
    expect(await refusalOf((kiosk) => void kiosk.append('release', ten))).toEqual(refused);
    const huge = { people: 2 ** 53 - 1, change: { '25-39/female': 2 ** 53 - 1 } };
    expect(await refusalOf((kiosk) => void kiosk.append('release', huge))).toEqual(refused);
    const twice = await refusalOf(async (kiosk) => {
      // Nine who were only counted do not count for this.
      for (let person = 0; person < 9; person += 1) await kiosk.visit();
      for (let person = 0; person < 19; person += 1) await kiosk.visit(['count', 'demographics']);
      kiosk.append('release', ten);
      kiosk.append('release', ten);
    });
    expect(twice).toEqual(refused);
  });

  it("is refused: another kiosk's receipt", async () => {
    const { server, kiosk } = await demoKiosk();
    const receipt = await kiosk.visit();
    await kiosk.sync();
    const other = await TestKiosk.paired(server.url);
    other.append('contribution-withdrawn', { receiptId: receipt.id, place: 'kiosk' });
    expect(await other.send(other.records)).toMatchObject({
      status: 422,
      body: { reason: 'receipt-unknown' },
    });
    other.records.pop();
    const copied = await kiosk.receipt();
    other.issue(copied);
    expect(await other.send(other.records)).toMatchObject({ status: 422 });
  });
});

describe('what entries change', () => {
  it('adds releases of enough people to the ages and genders of the shop', async () => {
    const { server, kiosk } = await demoKiosk();
    for (let person = 0; person < 22; person += 1) await kiosk.visit(['count', 'demographics']);
    kiosk.append('release', { people: 12, change: { '25-39/female': 5, '40-59/male': 7 } });
    kiosk.append('release', { people: 10, change: { '25-39/female': 10 } });
    await kiosk.sync();
    expect((await (await signInDemoStaff(server)).today()).released).toEqual({
      people: 22,
      cells: { '25-39/female': 15, '40-59/male': 7 },
    });
  });

  it('takes a withdrawn number out again', async () => {
    const { server, kiosk } = await demoKiosk();
    const receipt = await kiosk.visit();
    kiosk.append('contribution-withdrawn', { receiptId: receipt.id, place: 'kiosk' });
    await kiosk.sync();
    expect(countedOf(await (await signInDemoStaff(server)).today())).toBe(0);
  });

  it('lets a closed tally win over what a health report says of it', async () => {
    const { server, kiosk } = await demoKiosk();
    const staff = await signInDemoStaff(server);
    const { hour } = (await staff.today()).hours[3]!;
    const report = { state: 'ready', problem: null, version: '1', vision: null, waiting: 0 };
    const tallies = (declined: number) => ({ ...report, tallies: [{ hour, declined, left: 1 }] });
    expect((await kiosk.request('POST', apiPaths.health, tallies(2))).status).toBe(204);
    expect((await staff.today()).hours[3]).toMatchObject({ declined: 2, left: 1 });
    kiosk.append('tally-closed', { hour, declined: 5, left: 0 });
    await kiosk.sync();
    await kiosk.request('POST', apiPaths.health, tallies(9));
    expect((await staff.today()).hours[3]).toMatchObject({ declined: 5, left: 0 });
  });

  it('keeps the receipt as it was signed', async () => {
    const { server, kiosk } = await demoKiosk();
    const notice = kiosk.config!.notices[0]!;
    expect(hashNotice(notice)).toMatch(/^[0-9a-f]{64}$/);
    const receipt = await kiosk.visit();
    await kiosk.sync();
    const [entry] = await server.context.db
      .selectFrom('entry')
      .selectAll()
      .where('kind', '=', 'receipt-issued')
      .execute();
    expect(JSON.parse(entry!.record_json)).toMatchObject({ body: { receipt: receipt.jws } });
  });
});
