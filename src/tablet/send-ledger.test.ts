import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Head, hashEntry, joinBatch, type LedgerRecord, sealEntry } from '#ledger';
import { BODY_LIMIT_BYTES, MAX_BATCH_BYTES, MAX_BATCH_RECORDS } from '#protocol';
import { instant, MINUTE_MS, type Sha256 } from '#values';
import { batchPace } from './batch-pace.ts';
import { type LedgerReceiver, type LedgerToSend, sendLedger } from './send-ledger.ts';
import type { ServerFault } from './server-client.ts';

const unreachable: ServerFault = { ok: false, reason: 'unreachable' };

function headOf(records: readonly LedgerRecord[]): Head | null {
  const last = records.at(-1);
  return last === undefined ? null : { seq: last.entry.seq, hash: hashEntry(last.entry) };
}

/** A tablet's ledger in memory, and what it believes to be acknowledged. */
class MemoryLedger implements LedgerToSend {
  readonly records: LedgerRecord[] = [];
  acknowledged: Head | null = null;

  append(version: string): void {
    const body = { noticeHash: 'a'.repeat(64) as Sha256, language: 'en', version };
    const random = (length: number) => new Uint8Array(length).fill(this.records.length);
    this.records.push(sealEntry(headOf(this.records), 'notice-in-force', body, instant(0), random).record);
  }
  recordsAfter = async (seq: number, limit: number) => this.records.slice(seq + 1, seq + 1 + limit);
  firstKept = async () => 0;
  holds = async ({ seq, hash }: Head) => {
    const record = this.records[seq];
    return record !== undefined && hashEntry(record.entry) === hash;
  };
  acknowledge = async (head: Head | null) => {
    this.acknowledged = head;
  };
}

/** What goes wrong with one request. `restore` puts last week's backup in place first; `repeat` delivers it twice. */
const troubles = ['none', 'request-lost', 'response-lost', 'repeat', 'restore', 'portal'] as const;
type Trouble = (typeof troubles)[number];

/** A server by the rules of `joinBatch`, behind a network that does what the list says. */
class ModelServer implements LedgerReceiver {
  stored: LedgerRecord[] = [];
  backup: LedgerRecord[] = [];
  readonly batches: (readonly LedgerRecord[])[] = [];
  troubles: Trouble[] = [];

  head = () => this.through(() => ({ ok: true as const, head: headOf(this.stored) }));
  send = (records: readonly LedgerRecord[]) => this.through(() => this.take(records));

  private async through<Answer extends object>(answer: () => Answer): Promise<Answer | ServerFault> {
    const trouble = this.troubles.shift() ?? 'none';
    if (trouble === 'request-lost') return unreachable;
    if (trouble === 'portal') return { ok: false, reason: 'not-our-server', pauseMs: null };
    if (trouble === 'restore') this.stored = [...this.backup];
    const answered = answer();
    if (trouble === 'repeat') return answer();
    return trouble === 'response-lost' ? unreachable : answered;
  }

  private take(records: readonly LedgerRecord[]) {
    this.batches.push(records);
    const hashAt = (seq: number) => {
      const record = this.stored[seq];
      return record === undefined ? null : hashEntry(record.entry);
    };
    const joined = joinBatch({ head: headOf(this.stored), hashAt }, records);
    if (!joined.ok) {
      const reason = joined.reason === 'empty' ? ('malformed' as const) : joined.reason;
      return { ok: false as const, reason: 'refused' as const, refusal: { reason }, pauseMs: null };
    }
    this.stored.push(...joined.fresh);
    return { ok: true as const, head: joined.head };
  }
}

/** Weeks of a tablet: it writes, the server is backed up, and every so often it tries to send. */
const events = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        entries: fc.integer({ min: 1, max: 250 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('backup' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('sync' as const),
        troubles: fc.array(fc.constantFrom(...troubles), { maxLength: 5 }),
      }),
    },
  ),
  { maxLength: 12 },
);

describe('sending the ledger', () => {
  it('ends with the same ledger on both sides, whatever is lost, repeated or restored', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (story) => {
        const ledger = new MemoryLedger();
        const server = new ModelServer();
        for (const event of story) {
          if (event.kind === 'write') for (let more = event.entries; more > 0; more -= 1) ledger.append('1');
          if (event.kind === 'backup') server.backup = [...server.stored];
          if (event.kind !== 'sync') continue;
          server.troubles = [...event.troubles];
          await sendLedger(ledger, server);
          // No two entries with one number, and none missing between.
          expect(server.stored.map(({ entry }) => entry.seq)).toEqual(server.stored.map((_, seq) => seq));
          expect(server.stored).toEqual(ledger.records.slice(0, server.stored.length));
        }
        server.troubles = [];
        expect(await sendLedger(ledger, server)).toEqual({ ok: true });
        expect(server.stored).toEqual(ledger.records);
        expect(ledger.acknowledged).toEqual(headOf(ledger.records));
      }),
      { numRuns: 60 },
    );
  });

  it('never takes more for acknowledged than the server said that it holds', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (story) => {
        const ledger = new MemoryLedger();
        const server = new ModelServer();
        const acknowledge = async (head: Head | null) => {
          expect(head?.seq ?? -1).toBeLessThanOrEqual(server.stored.length - 1);
          ledger.acknowledged = head;
        };
        for (const event of story) {
          if (event.kind === 'write') for (let more = event.entries; more > 0; more -= 1) ledger.append('1');
          if (event.kind === 'backup') server.backup = [...server.stored];
          if (event.kind !== 'sync') continue;
          server.troubles = [...event.troubles];
          await sendLedger({ ...ledger, acknowledge, recordsAfter: ledger.recordsAfter }, server);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('forgets what was acknowledged when the server comes back empty', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer();
    ledger.append('1');
    await sendLedger(ledger, server);
    expect(ledger.acknowledged?.seq).toBe(0);
    server.stored = [];
    server.troubles = ['none', 'request-lost'];
    await sendLedger(ledger, server);
    expect(ledger.acknowledged).toBeNull();
  });

  it('cuts batches so that each stays under the limits of records and of bytes, in any script', async () => {
    const versions = fc.array(fc.string({ unit: 'grapheme', maxLength: 600 }), {
      minLength: 200,
      maxLength: 450,
    });
    await fc.assert(
      fc.asyncProperty(versions, async (texts) => {
        const ledger = new MemoryLedger();
        for (const text of texts) ledger.append(`${text}${'计'.repeat(900)}`);
        const server = new ModelServer();
        expect(await sendLedger(ledger, server)).toEqual({ ok: true });
        for (const records of server.batches) {
          const bytes = Buffer.byteLength(JSON.stringify({ records }));
          expect(records.length).toBeLessThanOrEqual(MAX_BATCH_RECORDS);
          expect(bytes).toBeLessThanOrEqual(MAX_BATCH_BYTES);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('sends even a record that is larger than a batch should be, alone', async () => {
    const ledger = new MemoryLedger();
    for (const version of ['1', 'x'.repeat(MAX_BATCH_BYTES), '2']) ledger.append(version);
    const server = new ModelServer();
    expect(await sendLedger(ledger, server)).toEqual({ ok: true });
    expect(server.batches.map((batch) => batch.length)).toEqual([1, 1, 1]);
    expect(MAX_BATCH_BYTES).toBeLessThan(BODY_LIMIT_BYTES);
  });

  it('stops at a server that holds another chain, and shows it the fork, so that its officer hears of it', async () => {
    const ledger = new MemoryLedger();
    const other = new MemoryLedger();
    const server = new ModelServer();
    ledger.append('1');
    other.append('another');
    server.stored = [...other.records];
    expect(await sendLedger(ledger, server)).toEqual({ ok: false, reason: 'fork' });
    expect(server.batches).toEqual([ledger.records]);
    expect(server.stored).toEqual(other.records);
    expect(ledger.acknowledged).toBeNull();
  });

  it('stops at a refusal, and hands it on', async () => {
    const ledger = new MemoryLedger();
    ledger.append('1');
    const refused = {
      ok: false,
      reason: 'refused',
      refusal: { reason: 'kiosk-revoked' },
      pauseMs: null,
    } as const;
    let asked = 0;
    const receiver: LedgerReceiver = {
      head: async () => ({ ok: true, head: null }),
      send: async () => {
        asked += 1;
        return refused;
      },
    };
    expect(await sendLedger(ledger, receiver)).toEqual(refused);
    expect(asked).toBe(1);
  });

  it('takes an answer that moved nothing on for no acknowledgement', async () => {
    const ledger = new MemoryLedger();
    ledger.append('1');
    const empty = async () => ({ ok: true as const, head: null });
    expect(await sendLedger(ledger, { head: empty, send: empty })).toEqual({
      ok: false,
      reason: 'not-our-server',
      pauseMs: null,
    });
    expect(ledger.acknowledged).toBeNull();
  });
});

describe('sending over a weak link', () => {
  const TIMEOUT_MS = 20_000;

  /** Takes a batch where the link carries it in time; else it is aborted, and the server has nothing of it. */
  function weakLink(server: ModelServer, bytesPerSecond: () => number) {
    let now = 0;
    let lost = 0;
    const receiver: LedgerReceiver = {
      head: server.head,
      send: async (records) => {
        const tookMs = (Buffer.byteLength(JSON.stringify({ records })) / bytesPerSecond()) * 1_000;
        now += Math.min(tookMs, TIMEOUT_MS);
        if (tookMs <= TIMEOUT_MS) return server.send(records);
        lost += 1;
        return unreachable;
      },
    };
    const elapsed = () => now;
    return { receiver, pace: batchPace(elapsed), elapsed, lost: () => lost };
  }

  function backlogOf(records: number): MemoryLedger {
    const ledger = new MemoryLedger();
    for (let more = records; more > 0; more -= 1) ledger.append('x'.repeat(9_000));
    return ledger;
  }

  it('gets a backlog of weeks through at 1 KB a second, in few tries and then without a loss', async () => {
    const ledger = backlogOf(200);
    const server = new ModelServer();
    const { receiver, pace, lost } = weakLink(server, () => 1_000);
    let tries = 0;
    do tries += 1;
    while (!(await sendLedger(ledger, receiver, pace)).ok && tries < 100);
    expect(server.stored).toEqual(ledger.records);
    expect(tries).toBeLessThanOrEqual(8);
    expect(lost()).toBe(tries - 1);
  });

  it('leaves a backlog after about a minute, so that all else has its turn, and goes on from there', async () => {
    const ledger = backlogOf(200);
    const server = new ModelServer();
    const { receiver, pace, elapsed } = weakLink(server, () => 1_000);
    const turns: number[] = [];
    let isAll = false;
    while (!isAll && turns.length < 100) {
      const begun = elapsed();
      const sent = await sendLedger(ledger, receiver, pace, elapsed);
      turns.push(elapsed() - begun);
      // What was taken is known to be: a turn that ends early loses nothing.
      expect(ledger.acknowledged).toEqual(headOf(server.stored));
      isAll = sent.ok && sent.isUnfinished !== true;
    }
    expect(server.stored).toEqual(ledger.records);
    expect(Math.max(...turns)).toBeLessThan(MINUTE_MS + TIMEOUT_MS);
    expect(Math.max(...turns)).toBeGreaterThanOrEqual(MINUTE_MS);
  });

  it('tells a batch that was lost from a server that cannot be reached at all', async () => {
    const ledger = backlogOf(40);
    const { receiver, pace } = weakLink(new ModelServer(), () => 1_000);
    expect(await sendLedger(ledger, receiver, pace)).toEqual({ ok: false, reason: 'batch-lost' });
    const nobody = { ...receiver, head: async () => unreachable };
    expect(await sendLedger(ledger, nobody, pace)).toEqual(unreachable);
  });

  it('sends full batches again once the link is good', async () => {
    const ledger = backlogOf(400);
    const server = new ModelServer();
    let speed = 1_000;
    const { receiver, pace } = weakLink(server, () => speed);
    for (let time = 0; time < 3; time += 1) await sendLedger(ledger, receiver, pace);
    speed = 1_000_000;
    expect(await sendLedger(ledger, receiver, pace)).toEqual({ ok: true });
    const sizes = server.batches.map((records) => Buffer.byteLength(JSON.stringify({ records })));
    expect(Math.max(...sizes)).toBeGreaterThan(MAX_BATCH_BYTES * 0.9);
  });

  it('gets through whatever the speed, for as long as one record does', async () => {
    const speeds = fc.array(fc.integer({ min: 700, max: 200_000 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(speeds, fc.integer({ min: 1, max: 120 }), async (list, records) => {
        const ledger = backlogOf(records);
        const server = new ModelServer();
        let asked = 0;
        const { receiver, pace } = weakLink(server, () => list[asked++ % list.length] ?? 700);
        let tries = 0;
        do tries += 1;
        while (!(await sendLedger(ledger, receiver, pace)).ok && tries < 500);
        expect(server.stored).toEqual(ledger.records);
      }),
      { numRuns: 30 },
    );
  });
});
