import { describe, expect, it } from 'vitest';
import type { ReceiptId } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';

describe('a withdrawal', () => {
  it('takes a contribution out of the numbers', async () => {
    const report = await reportAfter(async (maker) => {
      maker.withdraw(await maker.visit());
      await maker.visit();
      maker.withdraw(await maker.yes());
    });
    expect(report.figures).toMatchObject({ contributions: 2, withdrawn: 2, countedNow: 1 });
  });

  it('is refused twice', async () => {
    const reason = await faultAfter(async (maker) => {
      const id = await maker.visit();
      maker.withdraw(id);
      maker.withdraw(id);
    });
    expect(reason).toBe('withdrawn-twice');
  });

  it('is refused of a receipt that was never given', async () => {
    expect(await faultAfter((maker) => maker.withdraw('A'.repeat(22) as ReceiptId))).toBe('receipt-unknown');
  });
});
