import { beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from './testing/files.ts';
import { LedgerMaker } from './testing/ledger-maker.ts';
import { playAll } from './testing/play-visits.ts';

describe('a ledger in order', () => {
  let outcome: Awaited<ReturnType<typeof checkOf>>;
  beforeAll(async () => {
    const makers = await Promise.all([7, 8].map(async (seed) => playAll(await LedgerMaker.begun(seed), 600)));
    outcome = await checkOf(...makers);
  });

  it('passes, with all that happens in one', () => {
    expect(outcome).toMatchObject({ ok: true });
  });
});
