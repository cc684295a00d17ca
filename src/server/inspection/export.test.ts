import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGE_BANDS, GENDERS } from '#counting';
import { checkLedger, portableChecking } from '#inspection';
import { apiPaths } from '#protocol';
import { type Clock, DAY_MS, MINUTE_MS, type ShopId } from '#values';
import { makePairingCode } from '../kiosk/pair.ts';
import { revokeKiosk } from '../people.ts';
import { withdrawReceipt } from '../receipt/withdraw-receipt.ts';
import { runRetention } from '../retention/run-retention.ts';
import type { RunningServer } from '../start-server.ts';
import { must } from '../testing/must.ts';
import { startTestServer, temporaryDir, turnableClock } from '../testing/start-test-server.ts';
import { TestKiosk, taken } from '../testing/test-kiosk.ts';
import { putOtherShop, signInAs } from '../testing/test-officer.ts';
import { DEMO_SHOP } from '../testing/test-staff.ts';
import { exportShop } from './export-shop.ts';

const LOOK_MS = 500;

async function exportOf(server: RunningServer): Promise<string> {
  const officer = await signInAs(server, 'officer');
  const response = await officer(apiPaths.exportShop(DEMO_SHOP));
  expect(response.status).toBe(200);
  return response.text();
}

/** One that is being sent, and that nobody takes yet. */
async function begunExport({ context }: RunningServer) {
  const begun = await exportShop(context, DEMO_SHOP as ShopId);
  if (!begun.ok) throw new Error(begun.reason);
  return begun;
}

async function checked(text: string) {
  const outcome = await checkLedger([new TextEncoder().encode(text)], portableChecking);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.report;
}

async function nextKiosk(server: RunningServer, clock?: Clock): Promise<TestKiosk> {
  const code = await makePairingCode(server.context, DEMO_SHOP as ShopId);
  const kiosk = await TestKiosk.paired(server.url, clock, must(code));
  kiosk.lookMs = LOOK_MS;
  return kiosk;
}

describe('the export of a shop', () => {
  it('comes as a file with a name that says shop and day', async () => {
    const server = await startTestServer({
      now: turnableClock(Date.parse('2026-03-02T10:00:00Z') as never).now,
    });
    const officer = await signInAs(server, 'officer');
    const { headers } = await officer(apiPaths.exportShop(DEMO_SHOP));
    expect(headers.get('content-type')).toContain('application/x-ndjson');
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename="askfirst-harbour-street-2026-03-02.jsonl"',
    );
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('of a shop without kiosks is a whole file', async () => {
    const server = await startTestServer();
    expect(await checked(await exportOf(server))).toMatchObject({
      kiosks: [],
      shops: { first: [{ id: DEMO_SHOP }] },
    });
  });

  it('passes the check on the command line, with withdrawals, several kiosks, one shut out and one that never sent', async () => {
    const server = await startTestServer();
    const first = await nextKiosk(server);
    await first.visit();
    const back = await first.visit(['count', 'demographics']);
    first.append('contribution-withdrawn', { receiptId: back.id, place: 'kiosk' });
    const byPhone = await first.visit();
    await first.sync();
    await withdrawReceipt(server.context, taken(byPhone, 'phone'));
    const stolen = await nextKiosk(server);
    for (let visits = 0; visits < 3; visits += 1) await stolen.visit();
    await stolen.sync();
    await revokeKiosk(server.context, must(stolen.paired).kioskId);
    await nextKiosk(server);
    const text = await exportOf(server);
    const report = await checked(text);
    expect(report.kiosks).toHaveLength(3);
    expect(report.kiosks.map(({ gaps }) => gaps)).toEqual([[], [], ['no-entries', 'no-checkpoint']]);
    expect(report.total).toMatchObject({
      receipts: 6,
      contributions: 6,
      withdrawn: 1,
      cameraMs: 6 * LOOK_MS,
    });

    const file = join(await temporaryDir(), 'export.jsonl');
    await writeFile(file, text);
    const { status, stdout } = spawnSync(process.execPath, ['src/cli/check-ledger.ts', file], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('in order');
  });

  it('holds every entry in order over many pages, and the checkpoints of all days', async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const kiosk = await nextKiosk(server, clock.now);
    for (let days = 0; days < 3; days += 1) {
      for (let visits = 0; visits < 100; visits += 1) await kiosk.visit();
      await kiosk.sync();
      clock.turn(DAY_MS);
    }
    const report = await checked(await exportOf(server));
    expect(report.total).toMatchObject({ entries: kiosk.records.length, receipts: 300 });
    expect(report.kiosks[0]?.newestCheckpoint?.seq).toBe(kiosk.records.length - 1);
    const { count } = await server.context.db
      .selectFrom('checkpoint')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBeGreaterThanOrEqual(3);
  });

  it('ends where each kiosk stood when it began, whatever comes while it is written', async () => {
    const server = await startTestServer();
    const kiosk = await nextKiosk(server);
    for (let visits = 0; visits < 200; visits += 1) await kiosk.visit();
    await kiosk.sync();
    const before = kiosk.records.length;
    const officer = await signInAs(server, 'officer');
    const response = await officer(apiPaths.exportShop(DEMO_SHOP));
    // The head of the answer is here; most of its body is not written yet.
    await kiosk.visit();
    await kiosk.sync();
    const report = await checked(await response.text());
    expect(report.total.entries).toBe(before);
    expect(report.kiosks[0]?.gaps).toEqual([]);
  });

  it('holds no age or gender, but those of releases', async () => {
    const server = await startTestServer();
    const kiosk = await nextKiosk(server);
    for (let visits = 0; visits < 12; visits += 1) await kiosk.visit(['count', 'demographics']);
    await kiosk.sync();
    const entriesOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; entry?: { kind: string }; body?: object })
        .filter(({ type }) => type === 'record');
    const cells = new RegExp(`"(${[...AGE_BANDS, ...GENDERS].join('|')})["/]`);
    const before = await exportOf(server);
    expect(entriesOf(before).length).toBeGreaterThan(40);
    for (const { body } of entriesOf(before)) expect(JSON.stringify(body)).not.toMatch(cells);
    kiosk.append('release', { people: 12, change: { '25-39/female': 5, '40-59/male': 7 } });
    await kiosk.sync();
    const after = entriesOf(await exportOf(server)).filter(({ body }) => cells.test(JSON.stringify(body)));
    expect(after.map(({ entry }) => entry?.kind)).toEqual(['release']);
  });

  it('holds nothing of other shops', async () => {
    const server = await startTestServer();
    await putOtherShop(server);
    expect(await exportOf(server)).not.toContain('other-');
  });

  it('is refused where two of the shop are being sent, until one of them ends or whoever asked goes', async () => {
    const server = await startTestServer();
    const kiosk = await nextKiosk(server);
    for (let visits = 0; visits < 5; visits += 1) await kiosk.visit();
    await kiosk.sync();
    const officer = await signInAs(server, 'officer');
    const ask = () => officer(apiPaths.exportShop(DEMO_SHOP));
    const [one, other] = [await begunExport(server), await begunExport(server)];
    const refused = await ask();
    expect([refused.status, await refused.json()]).toEqual([503, { reason: 'server-busy' }]);
    one.end();
    expect(await checked(await (await ask()).text())).toMatchObject({ total: { receipts: 5 } });
    await Array.fromAsync(other.pieces);
    for (let times = 0; times < 4; times += 1) await (await ask()).body?.cancel();
    await expect.poll(async () => (await ask()).status).toBe(200);
  });

  it('is for officers and administrators', async () => {
    const server = await startTestServer();
    for (const [role, status] of [
      ['staff', 403],
      ['officer', 200],
      ['administrator', 200],
    ] as const) {
      expect((await (await signInAs(server, role))(apiPaths.exportShop(DEMO_SHOP))).status).toBe(status);
    }
    expect((await fetch(`${server.url}${apiPaths.exportShop(DEMO_SHOP)}`)).status).toBe(401);
  });
});

describe('an export while retention is due', () => {
  const visitsOf = async () => {
    const clock = turnableClock();
    const server = await startTestServer({ now: clock.now });
    const kiosk = await TestKiosk.paired(server.url, clock.now);
    kiosk.lookMs = LOOK_MS;
    await kiosk.visit();
    await kiosk.sync();
    clock.turn(31 * DAY_MS);
    const bodies = async () => {
      const rows = await server.context.db.selectFrom('entry').select('record_json').execute();
      return rows.filter(({ record_json }) => !record_json.endsWith('"body":null}')).length;
    };
    return { clock, server, bodies, run: () => runRetention(server.context) };
  };

  it('is a whole file, and what is due goes with the next run', async () => {
    const { server, bodies, run } = await visitsOf();
    const before = await bodies();
    const { pieces } = await begunExport(server);
    await run();
    expect(await bodies()).toBe(before);
    const text = (await Array.fromAsync(pieces)).join('');
    expect(await checked(text)).toMatchObject({ total: { pruned: { link: 0, receipt: 0 } } });
    await run();
    expect(await bodies()).toBe(before - 1);
    expect(await checked(await exportOf(server))).toMatchObject({
      total: { pruned: { link: 1, receipt: 0 } },
    });
  });

  it('that is never taken to its end holds nothing up for longer than ten minutes, and is broken off rather than wrong', async () => {
    const { clock, server, bodies, run } = await visitsOf();
    const before = await bodies();
    const { pieces } = await begunExport(server);
    clock.turn(10 * MINUTE_MS);
    await run();
    expect(await bodies()).toBe(before - 1);
    await expect(Array.fromAsync(pieces)).rejects.toThrow('Retention ran');
  });
});
