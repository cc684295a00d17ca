import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReceiptAnswer } from '#protocol';
import { type IsoTime, instant, toIso } from '#values';
import type { ServerAnswer } from './server-client.ts';
import { openSession } from './session.ts';

const withdrawnAt = instant(1_764_000_000_000);
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const;
const known = (contribution: 'none' | 'counted' | 'withdrawn'): ReceiptAnswer => ({
  state: 'known',
  receipt: 'signed',
  publicKey: key,
  contribution,
  withdrawnAt: contribution === 'withdrawn' ? (toIso(withdrawnAt) as IsoTime) : null,
});
const answer = (given: ReceiptAnswer): ServerAnswer => ({ ok: true, answer: given });
const UNKNOWN = answer({ state: 'unknown' });
const OFFLINE: ServerAnswer = { ok: false, reason: 'unreachable', pauseMs: null };

/** A server that answers from a script, the last answer for ever. */
function scripted(script: readonly ServerAnswer[], wasKept = false) {
  const asked: ('read' | 'withdraw')[] = [];
  const next = (question: 'read' | 'withdraw') => async () => {
    asked.push(question);
    return script[Math.min(asked.length, script.length) - 1] as ServerAnswer;
  };
  const session = openSession({
    server: { read: next('read'), withdraw: next('withdraw') },
    check: async () => ({ findings: ['form-unknown'], document: null, verdict: 'false', reading: null }),
    random: () => 1,
    wasKept,
  });
  return { session, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('the page', () => {
  it('looks once for a receipt that is there', async () => {
    const { session, asked } = scripted([answer(known('counted'))]);
    await pass(600_000);
    expect(asked).toEqual(['read']);
    expect(session.state()).toMatchObject({
      receipt: { contribution: 'counted' },
      fault: null,
      isAsking: false,
    });
  });

  it('looks on for some minutes while a receipt has no count, which may come after it', async () => {
    const { session, asked } = scripted([
      answer(known('none')),
      answer(known('none')),
      answer(known('counted')),
    ]);
    await pass(600_000);
    expect(asked).toHaveLength(3);
    expect(session.state().receipt).toMatchObject({ contribution: 'counted' });
    const never = scripted([answer(known('none'))]);
    await pass(3_600_000);
    expect(never.asked).toHaveLength(15);
  });

  it('looks again by itself for one that is on its way, with growing pauses', async () => {
    const { session, asked } = scripted([UNKNOWN, UNKNOWN, UNKNOWN, answer(known('counted'))]);
    await pass(0);
    expect(session.state().receipt).toBe('on-its-way');
    await pass(1_999);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
    await pass(4_000 + 8_000);
    expect(session.state().receipt).toMatchObject({ contribution: 'counted' });
  });

  it('looks at once when asked to, and only once more', async () => {
    const { session, asked } = scripted([UNKNOWN]);
    await pass(0);
    session.lookNow();
    session.lookNow();
    await pass(0);
    expect(asked).toHaveLength(2);
  });

  it('takes back with one tap', async () => {
    const { session, asked } = scripted([answer(known('counted')), answer(known('withdrawn'))]);
    await pass(0);
    session.takeBack();
    await pass(600_000);
    expect(asked).toEqual(['read', 'withdraw']);
    expect(session.state()).toMatchObject({
      receipt: { contribution: 'withdrawn', withdrawnAt },
      takeBack: 'not-asked',
    });
  });

  it('sends a tap that came while it was looking', async () => {
    const { session, asked } = scripted([answer(known('counted')), answer(known('withdrawn'))]);
    session.takeBack();
    await pass(0);
    expect(asked).toEqual(['read', 'withdraw']);
    expect(session.state().receipt).toMatchObject({ contribution: 'withdrawn' });
  });

  it('has a withdrawal kept for a receipt that is on its way, and goes on looking', async () => {
    const { session, asked } = scripted([UNKNOWN, UNKNOWN, answer(known('withdrawn'))]);
    await pass(0);
    session.takeBack();
    await pass(0);
    expect(session.state()).toMatchObject({ receipt: 'on-its-way', takeBack: 'kept' });
    await pass(60_000);
    expect(asked).toEqual(['read', 'withdraw', 'read']);
    expect(session.state().receipt).toMatchObject({ contribution: 'withdrawn' });
  });

  it('remembers a kept withdrawal when it is loaded again', async () => {
    const { session, asked } = scripted([UNKNOWN], true);
    await pass(0);
    expect(session.state()).toMatchObject({ receipt: 'on-its-way', takeBack: 'kept' });
    expect(asked).toEqual(['read']);
  });

  it('tells a server that lost a kept withdrawal once more', async () => {
    const { session, asked } = scripted([answer(known('counted')), answer(known('withdrawn'))], true);
    await pass(0);
    expect(asked).toEqual(['read', 'withdraw']);
    expect(session.state()).toMatchObject({ receipt: { contribution: 'withdrawn' }, takeBack: 'not-asked' });
  });

  it('carries a tap out when the network is back, without another tap', async () => {
    const { session, asked } = scripted([
      answer(known('counted')),
      OFFLINE,
      OFFLINE,
      answer(known('withdrawn')),
    ]);
    await pass(0);
    session.takeBack();
    await pass(0);
    expect(session.state()).toMatchObject({ takeBack: 'wanted', fault: 'unreachable' });
    await pass(60_000);
    expect(asked).toEqual(['read', 'withdraw', 'withdraw', 'withdraw']);
    expect(session.state()).toMatchObject({ takeBack: 'not-asked', fault: null });
  });

  it('waits as long as the server asks', async () => {
    const busy: ServerAnswer = { ok: false, reason: 'too-many-requests', pauseMs: 45_000 };
    const { session, asked } = scripted([busy, answer(known('none'))]);
    await pass(44_999);
    expect(asked).toHaveLength(1);
    expect(session.state().fault).toBe('too-many-requests');
    await pass(1);
    expect(session.state()).toMatchObject({ receipt: { contribution: 'none' }, fault: null });
  });
});
