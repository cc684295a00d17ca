import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';

describe('the time of entries', () => {
  it('may stand still', async () => {
    expect(await faultAfter((maker) => maker.yes())).toBe('in order');
  });

  it('never goes back', async () => {
    expect(await faultAfter((maker) => maker.pass(-1).visit())).toBe('time-backwards');
  });

  it('goes back where the clock was changed', async () => {
    const report = await reportAfter(async (maker) => {
      maker.pass(-MINUTE_MS).append('clock-changed', { offsetMs: -MINUTE_MS, uncertaintyMs: 5 });
      await maker.visit();
    });
    expect(report.figures.clockChanges).toBe(1);
  });

  it('never goes back at the entry after a change of the clock', async () => {
    const reason = await faultAfter((maker) => {
      maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 5 });
      return maker.pass(-SECOND_MS).visit();
    });
    expect(reason).toBe('time-backwards');
  });
});
