import { describe, expect, it } from 'vitest';
import { hashEntry } from '#ledger';
import { signJws } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';
import { type LedgerMaker, makeKeys } from '../testing/ledger-maker.ts';

describe('a checkpoint', () => {
  it('covers what it was signed over, and the report says what it does not', async () => {
    const report = await reportAfter(async (maker) => {
      await maker.checkpoint();
      await maker.visit();
      await maker.checkpoint();
      await maker.visit();
      maker.checkpoints.reverse();
    });
    expect(report.newestCheckpoint?.seq).toBe(5);
    expect(report).toMatchObject({ entriesAfterCheckpoint: 4, gaps: ['entries-after-checkpoint'] });
  });

  it('that is missing is a gap', async () => {
    expect(await reportAfter((maker) => maker.visit())).toMatchObject({
      gaps: ['no-checkpoint'],
      entriesAfterCheckpoint: 6,
    });
  });

  it('shows a cut at the end', async () => {
    const reason = await faultAfter(async (maker) => {
      await maker.visit();
      await maker.checkpoint();
      maker.records.pop();
    });
    expect(reason).toBe('checkpoint-beyond-end');
  });

  it('shows a ledger that was written anew', async () => {
    const reason = await faultAfter(async (maker) => {
      await maker.visit();
      await maker.checkpoint();
      maker.records.pop();
      const { entry } = maker.records.at(-1)!;
      maker.head = { seq: entry.seq, hash: hashEntry(entry) };
      maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 0 });
    });
    expect(reason).toBe('checkpoint-differs');
  });

  it.each<[string, string, (maker: LedgerMaker) => Promise<unknown>]>([
    [
      'of another kiosk',
      'checkpoint-of-other-kiosk',
      (maker) => maker.checkpoint({ kioskId: 'K'.repeat(22) }),
    ],
    ['over another hash', 'checkpoint-differs', (maker) => maker.checkpoint({ hash: 'a'.repeat(64) })],
    ['with a number below nothing', 'checkpoint-not-one', (maker) => maker.checkpoint({ seq: -1 })],
    ['with more in it', 'checkpoint-not-one', (maker) => maker.checkpoint({ more: 1 })],
    ['of another key', 'checkpoint-other-key', async (maker) => maker.checkpoint({}, await makeKeys())],
    [
      'of another key that lies',
      'checkpoint-signature-wrong',
      async (maker) => maker.checkpoint({}, { ...(await makeKeys()), kid: maker.keys.kid }),
    ],
    [
      'of another type',
      'checkpoint-not-one',
      async ({ checkpoints, keys }) =>
        checkpoints.push(await signJws({}, 'consent-receipt+jws', keys.privateKey, keys.kid)),
    ],
    ['that is no text of that kind', 'checkpoint-not-one', async ({ checkpoints }) => checkpoints.push('no')],
  ])('is refused %s', async (_, reason, goOn) => {
    expect(await faultAfter(goOn)).toBe(reason);
  });
});
