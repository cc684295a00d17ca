import { describe, expect, it } from 'vitest';
import { hoursOfDay } from '#counting';
import { LIVE_BEAT_MS, type Today } from '#protocol';
import { instant, type ShopId, toIso } from '#values';
import type { Answer, LiveListener } from '../server-client.ts';
import { type LiveView, watchLive } from './watch-live.ts';

const SHOP = 'harbour-street' as ShopId;

function todayWith(counted: number): Today {
  const hour = { hour: '2026-11-24T15', counted, declined: 0, left: 0 };
  return {
    shop: { id: SHOP, name: 'Harbour Street', timeZone: 'Europe/Dublin' },
    date: '2026-11-24',
    asOf: toIso(instant(0)),
    hours: hoursOfDay('2026-11-24', [hour]),
    released: { people: 0, cells: {} },
    kiosks: [],
  };
}

const countedOf = ({ known }: LiveView) => known?.today.hours.reduce((sum, hour) => sum + hour.counted, 0);

/** A line with a server, a clock and timers that the test turns. */
function startLine() {
  const streams: (LiveListener & { isClosed: boolean })[] = [];
  const views: LiveView[] = [];
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const asked: number[] = [];
  let answer: Answer<{ readonly today: Today }> = { ok: true, today: todayWith(0) };
  let time = 0;
  let signedOut = 0;
  const client = {
    openLive: (_: ShopId, listener: LiveListener) => {
      const stream = { ...listener, isClosed: false };
      streams.push(stream);
      return () => {
        stream.isClosed = true;
      };
    },
    today: async () => {
      asked.push(time);
      return answer;
    },
  };
  const line = watchLive(
    SHOP,
    client,
    { onView: (view) => views.push(view), onSignedOut: () => (signedOut += 1) },
    {
      now: () => instant(time),
      random: () => 1,
      later: (run, delayMs) => {
        const timer = { at: time + delayMs, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  );
  return {
    line,
    streams,
    asked,
    stream: () => streams.at(-1)!,
    view: () => views.at(-1)!,
    signedOut: () => signedOut,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    pass: async (milliseconds: number) => {
      const end = time + milliseconds;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.delete(next);
        time = next.at;
        next.run();
        await new Promise((resolve) => setImmediate(resolve));
      }
      time = end;
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('the live line', () => {
  it('shows what the stream says, and that it is live', () => {
    const { stream, view } = startLine();
    stream().onToday(todayWith(3));
    expect(countedOf(view())).toBe(3);
    expect(view()).toMatchObject({ isLive: true, fault: null });
  });

  it('keeps the numbers when the stream drops, says that they are not live, and comes back by itself', async () => {
    const { stream, streams, view, pass } = startLine();
    stream().onToday(todayWith(3));
    stream().onEnd();
    expect(view().isLive).toBe(false);
    expect(countedOf(view())).toBe(3);
    await pass(1_000);
    expect(streams).toHaveLength(2);
    stream().onToday(todayWith(4));
    expect(view().isLive).toBe(true);
    expect(countedOf(view())).toBe(4);
  });

  it('says why when the server does, and waits as long as it asks', async () => {
    const { stream, view, pass, answerWith, asked } = startLine();
    answerWith({ ok: false, reason: 'server-busy', pauseMs: 5_000 });
    stream().onEnd();
    await pass(1_000);
    expect(view().fault).toBe('server-busy');
    await pass(5_999);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
  });

  it('tries less and less often while the server is away', async () => {
    const { stream, pass, answerWith, asked } = startLine();
    answerWith({ ok: false, reason: 'unreachable', pauseMs: null });
    stream().onEnd();
    await pass(15_000);
    expect(asked).toEqual([1_000, 3_000, 7_000, 15_000]);
  });

  it('goes on backing off where today is answered and the stream is refused', async () => {
    const { stream, pass, asked } = startLine();
    for (let refusals = 0; refusals < 3; refusals += 1) {
      stream().onEnd();
      await pass(10_000);
    }
    expect(asked.map((time, index) => time - index * 10_000)).toEqual([1_000, 2_000, 4_000]);
  });

  it('leads out when the session is over, and asks no more', async () => {
    const { stream, pass, answerWith, asked, signedOut } = startLine();
    answerWith({ ok: false, reason: 'not-signed-in', pauseMs: null });
    stream().onEnd();
    await pass(600_000);
    expect(signedOut()).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('is not live when nothing is heard, whatever the connection says', async () => {
    const { stream, streams, view, pass } = startLine();
    stream().onToday(todayWith(1));
    await pass(2 * LIVE_BEAT_MS);
    expect(view().isLive).toBe(true);
    await pass(LIVE_BEAT_MS);
    expect(view().isLive).toBe(false);
    expect(streams[0]!.isClosed).toBe(true);
  });

  it('stays live for as long as the beats come, and knows of when its numbers are', async () => {
    const { stream, streams, view, pass } = startLine();
    stream().onToday(todayWith(1));
    for (let beats = 1; beats <= 10; beats += 1) {
      await pass(LIVE_BEAT_MS);
      stream().onBeat(toIso(instant(beats * LIVE_BEAT_MS)));
    }
    expect(view().isLive).toBe(true);
    expect(view().known?.today.asOf).toBe(toIso(instant(10 * LIVE_BEAT_MS)));
    expect(streams).toHaveLength(1);
  });

  it('tries at once when the network is back, and never opens two streams', async () => {
    const { line, stream, streams, settle, pass, answerWith } = startLine();
    stream().onToday(todayWith(1));
    line.lost();
    line.lost();
    answerWith({ ok: true, today: todayWith(1) });
    line.wake();
    line.wake();
    line.lost();
    await settle();
    await pass(1_000);
    expect(streams.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
    expect(streams).toHaveLength(2);
  });

  it('is quiet once it is stopped', async () => {
    const { line, stream, asked, streams, pass } = startLine();
    stream().onEnd();
    line.stop();
    await pass(600_000);
    expect(asked).toEqual([]);
    expect(streams).toHaveLength(1);
  });
});
