import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { EntryBodies, LedgerRecord } from '#ledger';
import { base64UrlToBytes, DAY_MS, HOUR_MS, SECOND_MS } from '#values';
import type { TabletCore } from './core.ts';
import { noteClock } from './kept-clock.ts';
import { closeLook, openLook } from './looks.ts';
import { recordYes } from './record-yes.ts';
import { type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';
import { withKey, yes } from './testing/recording-tablet.ts';

it('shows no yes while a camera is open, also where the look before found no room to say that it was over', async () => {
  const tablet = memoryTablet();
  const core = await withKey(tablet);
  const first = await recordYes(core, [yes]);
  if (!first.ok) throw new Error('There is room for a yes.');
  const opened = await openLook(
    core,
    first.receipts.map(({ id }) => id),
  );
  if (!opened.ok) throw new Error('There is room for one look.');
  tablet.database.nextFault = new DOMException('No room.', 'QuotaExceededError');
  const counted = { ending: 'counted', openMs: 3_000, framesSeen: 3, framesRefused: 0 } as const;
  const closed = await closeLook(core, opened.look, { ...counted, headcount: 1, demographics: null });
  expect(closed).toEqual({ ok: false, reason: 'storage-full' });
  expect(await recordYes(core, [yes])).toMatchObject({ ok: true });
  const records = (await tablet.database.getAll('entries')) as LedgerRecord[];
  expect(records.map(({ entry }) => entry.kind)).toEqual([
    'receipt-issued',
    'look-opened',
    'look-closed',
    'receipt-issued',
  ]);
  expect(await tablet.entriesOf('look-closed')).toMatchObject([{ ending: 'interrupted', openMs: null }]);
});

describe('a clock that is turned while a yes is signed', () => {
  /** A tablet whose clock is turned after each of the first times that somebody's receipt was given its time. */
  async function turned(tablet: MemoryTablet, byMs: number, times: number): Promise<TabletCore> {
    const core = await withKey(tablet);
    let left = times;
    const reading = () => {
      left -= 1;
      if (left >= 0) tablet.turnClock(byMs);
      return core.clock.reading();
    };
    return { ...core, clock: { ...core.clock, reading } };
  }

  /** By how much each receipt and its entry differ. */
  async function apart(tablet: MemoryTablet): Promise<readonly number[]> {
    const records = (await tablet.database.getAll('entries')) as LedgerRecord[];
    return records.flatMap(({ entry, body }) => {
      if (entry.kind !== 'receipt-issued') return [];
      const { receipt } = body as EntryBodies['receipt-issued'];
      const created = decodeJwt(receipt)['dct:created'] as { readonly '@value': string };
      return [Date.parse(entry.time) - Date.parse(created['@value'])];
    });
  }

  it.each([
    ['a little', 6 * SECOND_MS],
    ['a little back', -6 * SECOND_MS],
    ['by days, as in sleep', 3 * DAY_MS],
  ])('leaves no receipt that names another time than its entry: %s', async (_, byMs) => {
    const tablet = memoryTablet();
    const outcome = await recordYes(await turned(tablet, byMs, 1), [yes, yes]);
    expect(outcome).toMatchObject({ ok: true, receipts: [{}, {}] });
    expect(await apart(tablet)).toEqual([0, 0]);
    expect(await tablet.database.getAll('codes')).toHaveLength(2);
  });

  it('refuses a yes where the clock is turned each time, and writes nothing', async () => {
    const tablet = memoryTablet();
    const outcome = await recordYes(await turned(tablet, 6 * SECOND_MS, Number.POSITIVE_INFINITY), [yes]);
    expect(outcome).toEqual({ ok: false, reason: 'storage-failed' });
    for (const store of ['entries', 'receipts', 'codes'])
      expect(await tablet.database.getAll(store)).toEqual([]);
  });

  it('keeps a receipt that differs from its entry by less than a checker lets pass', async () => {
    const tablet = memoryTablet();
    expect(await recordYes(await turned(tablet, 2 * SECOND_MS, 1), [yes])).toMatchObject({ ok: true });
    expect(await apart(tablet)).toEqual([2 * SECOND_MS]);
  });
});

describe('how wrong its time may be', () => {
  const NOT_SAID = undefined;

  /** What a receipt that is given now says of it. */
  async function uncertaintyOnReceipt(tablet: MemoryTablet): Promise<unknown> {
    // The copy with a key is made anew each time: a restart gives the tablet another clock.
    expect(await recordYes(await withKey(tablet), [yes])).toMatchObject({ ok: true });
    const { receipt } = (await tablet.entriesOf('receipt-issued')).at(-1) ?? expect.fail('It is written.');
    const payload = base64UrlToBytes(String(receipt).split('.')[1] ?? '') ?? new Uint8Array();
    const document = JSON.parse(new TextDecoder().decode(payload));
    return document['dpv:hasRecordOfActivity']['askfirst:timeUncertainty']?.['@value'];
  }

  it('stands in a receipt where the page has compared its clock', async () => {
    expect(await uncertaintyOnReceipt(memoryTablet())).toBe('PT0.001S');
  });

  it.each([
    ['a start with a flat battery in 2015', -4_000 * DAY_MS],
    ['a start', HOUR_MS],
  ])('is not claimed after %s, before the clock is compared', async (_, offMs) => {
    const tablet = memoryTablet();
    const { core } = tablet;
    await noteClock(core.database, core, { offsetMs: 5_000, uncertaintyMs: 20 }, true);
    expect(await uncertaintyOnReceipt(tablet)).toBe('PT0.02S');
    await tablet.restart(offMs);
    expect(await uncertaintyOnReceipt(tablet)).toBe(NOT_SAID);
    await noteClock(core.database, core, { offsetMs: -offMs, uncertaintyMs: 30 }, true);
    expect(await uncertaintyOnReceipt(tablet)).toBe('PT0.03S');
  });

  it.each([[HOUR_MS], [-HOUR_MS]])('is not claimed once the clock is turned by %i ms', async (ms) => {
    const tablet = memoryTablet();
    tablet.turnClock(ms);
    expect(await uncertaintyOnReceipt(tablet)).toBe(NOT_SAID);
  });
});
