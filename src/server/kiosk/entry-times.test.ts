import { describe, expect, it } from 'vitest';
import { type EntryBodies, type EntryKind, type Head, type LedgerRecord, sealEntry } from '#ledger';
import { DAY_MS, HOUR_MS, type Instant, instant, SECOND_MS } from '#values';
import { random } from '../testing/start-test-server.ts';
import { type Before, type ClockChange, entryTimes } from './entry-times.ts';

const NOON = instant(Date.UTC(2026, 10, 24, 12));
const WEEK_MS = 7 * DAY_MS;

/** A kiosk's ledger of entries that say nothing but when, and of what its clock did. */
class Chain {
  readonly records: LedgerRecord[] = [];
  #head: Head | null = null;

  at(time: number): this {
    return this.#append('tally-closed', { hour: '2026-11-24T09', declined: 0, left: 0 }, time);
  }

  clock(time: number, offsetMs: number, uncertaintyMs: number): this {
    return this.#append('clock-changed', { offsetMs, uncertaintyMs }, time);
  }

  #append<Kind extends EntryKind>(kind: Kind, body: EntryBodies[Kind], time: number): this {
    const sealed = sealEntry(this.#head, kind, body, instant(time), random);
    this.#head = sealed.head;
    this.records.push(sealed.record);
    return this;
  }
}

function times(chain: Chain, now: number, before: Before | null = null, change: ClockChange | null = null) {
  return [...entryTimes(chain.records, instant(now), before, change).writtenAt.values()];
}

function taken(chain: Chain, writtenAt: number, receivedAt: number): Before {
  const record = chain.records.at(-1) as LedgerRecord;
  return { record, writtenAt: writtenAt as Instant, receivedAt: receivedAt as Instant };
}

describe('when an entry was written', () => {
  it('is what it says, however late it arrives, where the clock was right', () => {
    const chain = new Chain().at(NOON).at(NOON + DAY_MS);
    expect(times(chain, NOON + 5 * WEEK_MS)).toEqual([NOON, NOON + DAY_MS]);
  });

  it('is its arrival where the clock ran ahead, and what it says again once a comparison set the clock back', () => {
    const chain = new Chain()
      .at(NOON + 52 * WEEK_MS)
      .clock(NOON + DAY_MS, -52 * WEEK_MS, 40)
      .at(NOON + 2 * DAY_MS);
    const now = NOON + WEEK_MS;
    expect(times(chain, now)).toEqual([now, NOON + DAY_MS, NOON + 2 * DAY_MS]);
  });

  it('is its arrival after the clock was turned back with nobody to compare with', () => {
    const back = instant(0);
    const chain = new Chain()
      .at(NOON)
      .clock(back, 0, NOON - back)
      .at(back + HOUR_MS);
    const now = NOON + 5 * WEEK_MS;
    expect(times(chain, now)).toEqual([NOON, now, now]);
  });

  it('is its arrival in the batches after that as well, until one arrives at its own time', () => {
    const back = NOON - 5 * WEEK_MS;
    const turned = new Chain().at(NOON).clock(back, 0, 5 * WEEK_MS);
    const now = NOON + 3 * WEEK_MS;
    const next = new Chain().at(back + HOUR_MS);
    expect(times(next, now, taken(turned, now, now))).toEqual([now]);
    expect(times(new Chain().at(back + 2 * HOUR_MS), now, taken(next, now, now))).toEqual([now]);
    const right = new Chain().at(now - SECOND_MS);
    expect(times(right, now, taken(next, now, now))).toEqual([now - SECOND_MS]);
    const later = new Chain().at(now + DAY_MS);
    expect(times(later, now + WEEK_MS, taken(right, now - SECOND_MS, now))).toEqual([now + DAY_MS]);
  });

  it('is later by what a comparison shows the clock to have been behind, where it had not been seen to go back', () => {
    const known = { seq: -1, offsetMs: 0 };
    const chain = new Chain()
      .at(NOON)
      .at(NOON + HOUR_MS)
      .clock(NOON + 5 * WEEK_MS + 2 * HOUR_MS, 5 * WEEK_MS, 40);
    const now = NOON + 5 * WEEK_MS + 2 * HOUR_MS;
    expect(times(chain, now, null, known)).toEqual([
      NOON + 5 * WEEK_MS,
      NOON + 5 * WEEK_MS + HOUR_MS,
      NOON + 5 * WEEK_MS + 2 * HOUR_MS,
    ]);
  });

  it('hardly moves where a comparison shows that the clock had drifted by seconds', () => {
    const chain = new Chain().at(NOON).clock(NOON + 3 * WEEK_MS, 3 * SECOND_MS, 40);
    const now = NOON + 3 * WEEK_MS;
    expect(times(chain, now, null, { seq: -1, offsetMs: 0 })).toEqual([NOON, now]);
  });

  it('is later where nothing says how the clock stood before, by what it is corrected now and no more than passed since the entry before', () => {
    const slow = new Chain().at(NOON).clock(NOON + 5 * WEEK_MS, 5 * WEEK_MS - HOUR_MS, 40);
    expect(times(slow, NOON + 5 * WEEK_MS)[0]).toBe(NOON + 5 * WEEK_MS - HOUR_MS);
    const drifted = new Chain().at(NOON).clock(NOON + DAY_MS, 3 * SECOND_MS, 40);
    expect(times(drifted, NOON + DAY_MS)[0]).toBe(NOON);
  });

  it('is never before what was written before it', () => {
    const chain = new Chain().at(NOON).at(0).at(HOUR_MS);
    expect(times(chain, NOON + WEEK_MS)).toEqual([NOON, NOON, NOON]);
  });

  it('is corrected also of what came in an earlier batch, back to the newest change of the clock', () => {
    const chain = new Chain().clock(NOON + WEEK_MS, 2 * DAY_MS, 40);
    const known = { seq: 7, offsetMs: DAY_MS };
    const { correction } = entryTimes(chain.records, instant(NOON + WEEK_MS), null, known);
    expect(correction).toEqual({ afterSeq: 7, beforeSeq: 0, behindMs: DAY_MS });
  });
});
