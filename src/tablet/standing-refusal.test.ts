import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '#protocol';
import { readMeta } from './database.ts';
import type { SendResult } from './send-ledger.ts';
import { keepRefusal, refusalAfter } from './standing-refusal.ts';
import { memoryTablet } from './testing/memory-tablet.ts';

const refused = (reason: RefusalReason): SendResult => ({
  ok: false,
  reason: 'refused',
  refusal: { reason },
  pauseMs: null,
});

describe('a kiosk that the server shut out', () => {
  it.each([
    ['is revoked', 'not-paired', refused('kiosk-revoked')],
    ['is not known', 'not-paired', refused('kiosk-unknown')],
    ['sees that its chain was forked', 'forked', { ok: false, reason: 'fork' }],
    [
      'finds the server put back further than it keeps entries',
      'server-behind',
      { ok: false, reason: 'no-longer-kept' },
    ],
    ['is told that its chain was forked', 'forked', refused('fork')],
  ] as const)('asks nobody any more where it %s', (_, standing, result) => {
    expect(refusalAfter(null, result)).toBe(standing);
  });

  it.each([
    ['cannot be reached', { ok: false, reason: 'unreachable' }],
    ['is hidden by a portal', { ok: false, reason: 'not-our-server', pauseMs: null }],
    ['is busy', refused('server-busy')],
  ] as const)('stays what it was while the server %s', (_, result) => {
    expect(refusalAfter('not-paired', result)).toBe('not-paired');
    expect(refusalAfter(null, result)).toBeNull();
  });

  it('asks again once the server takes what it sends', () => {
    expect(refusalAfter('not-paired', { ok: true })).toBeNull();
    expect(refusalAfter('forked', { ok: true })).toBeNull();
  });

  it('is still shut out after it was switched off and on', async () => {
    const { core } = memoryTablet();
    await keepRefusal(core.database, core, 'forked');
    expect(await readMeta(core.database, 'refusal')).toBe('forked');
    await keepRefusal(core.database, core, null);
    expect(await readMeta(core.database, 'refusal')).toBeNull();
  });
});
