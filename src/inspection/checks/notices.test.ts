import { describe, expect, it } from 'vitest';
import { hashNotice } from '#consent';
import { faultAfter, reportAfter } from '../testing/files.ts';
import { chinese, english } from '../testing/test-shop.ts';

describe('a notice in force', () => {
  it('is one of the file', async () => {
    const report = await reportAfter((maker) => maker.bringIntoForce(chinese));
    expect(report.notices.first.map(({ language }) => language)).toEqual(['en', 'zh-Hans']);
  });

  it('is refused where the file does not hold it', async () => {
    const reason = await faultAfter((maker) => maker.bringIntoForce({ ...english, version: '2' }));
    expect(reason).toBe('notice-unknown');
  });

  it('is refused with another version or language than the text of that hash has', async () => {
    const right = { noticeHash: hashNotice(english), language: 'en', version: '1' };
    for (const twist of [{ language: 'fr' }, { version: '2' }]) {
      const reason = await faultAfter(
        (maker) => void maker.append('notice-in-force', { ...right, ...twist }),
      );
      expect(reason).toBe('notice-differs');
    }
  });
});
