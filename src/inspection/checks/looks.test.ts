import { describe, expect, it } from 'vitest';
import { LOOK_ENDINGS } from '#ledger';
import { HOUR_MS, instant, MINUTE_MS, type ReceiptId, SECOND_MS } from '#values';
import { faultAfter, reportAfter } from '../testing/files.ts';
import type { LedgerMaker, LookTwist } from '../testing/ledger-maker.ts';

const lookWith = (twist: LookTwist) => async (maker: LedgerMaker) => maker.look([await maker.yes()], twist);
const tooMany = { ending: 'too-many-people', framesRefused: 2 } as const;

describe('a look', () => {
  it('adds its seconds, and is counted by how it ended', async () => {
    const report = await reportAfter(async (maker) => {
      maker.look([await maker.yes()]);
      maker.look([await maker.yes(), await maker.yes()], { ending: 'stopped', openMs: 1_500 });
      maker.look([await maker.yes()], { ending: 'interrupted', openMs: null, framesSeen: 0 });
    });
    expect(report.figures).toMatchObject({
      cameraMs: 5_500,
      looks: { counted: 1, stopped: 1, interrupted: 1 },
    });
  });

  it('may be repeated once after too many people, as late as the visitor wants', async () => {
    const reason = await faultAfter(async (maker) => {
      const ids = [await maker.yes(), await maker.yes()];
      maker.look(ids, tooMany);
      maker.pass(300 * SECOND_MS);
      maker.look(ids);
    });
    expect(reason).toBe('in order');
  });

  const late = (twist: LookTwist) => async (maker: LedgerMaker) => {
    const id = await maker.yes();
    maker.pass(36 * SECOND_MS).look([id], twist);
  };

  it('that comes too late is in order where the camera stayed shut, whatever it ended with', async () => {
    for (const ending of LOOK_ENDINGS) {
      if (ending === 'counted' || ending === 'interrupted' || ending === 'too-many-people') continue;
      expect(await faultAfter(late({ ending, openMs: 0, framesSeen: 0 })), ending).toBe('in order');
    }
    for (const ending of ['counted', 'nobody', 'stopped', 'camera-failed'] as const)
      expect(await faultAfter(late({ ending, openMs: 10 })), ending).toBe('look-too-late');
  });

  it('that comes too late and was interrupted leaves open whether the camera was shut, and the report says so', async () => {
    const interrupted = { ending: 'interrupted', openMs: null, framesSeen: 0 } as const;
    const report = await reportAfter(late(interrupted));
    expect(report.figures).toMatchObject({ looks: { interrupted: 1 }, lateInterrupted: 1 });
    expect(report.gaps).toContain('look-late-and-interrupted');
    const inTime = await reportAfter(lookWith(interrupted));
    expect(inTime.figures).toMatchObject({ looks: { interrupted: 1 }, lateInterrupted: 0 });
    expect(inTime.gaps).not.toContain('look-late-and-interrupted');
  });

  it('that took longer between its entries than any look does is told of, with how long', async () => {
    const long =
      (betweenMs: number, twist: LookTwist = {}, clockChange?: number) =>
      async (maker: LedgerMaker) => {
        maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 5 });
        const ids = [await maker.yes()];
        const lookId = maker.open(ids);
        maker.pass(betweenMs);
        if (clockChange !== undefined)
          maker.append('clock-changed', { offsetMs: clockChange, uncertaintyMs: 5 });
        maker.close(lookId, ids, twist);
      };
    const figuresOf = async (goOn: (maker: LedgerMaker) => unknown) => {
      const { figures, gaps } = await reportAfter(goOn);
      expect(gaps.includes('long-looks')).toBe(figures.longLooks > 0);
      return [figures.longLooks, figures.longLooksMs];
    };
    const workday = 8 * HOUR_MS;
    expect(await figuresOf(long(workday, { openMs: 1_000 }))).toEqual([1, workday]);
    const interrupted = { ending: 'interrupted', openMs: null, framesSeen: 0 } as const;
    expect(await figuresOf(long(workday, interrupted))).toEqual([1, workday]);
    expect(await figuresOf(long(2 * MINUTE_MS))).toEqual([0, 0]);
    // A clock that was put eight hours ahead meanwhile may explain it; one that was only said to have been set does not.
    expect(await figuresOf(long(workday, {}, workday - 5 * SECOND_MS))).toEqual([0, 0]);
    expect(await figuresOf(long(workday, {}, 0))).toEqual([1, workday + 5]);
    const both = async (maker: LedgerMaker) => {
      await long(workday)(maker);
      await long(3 * MINUTE_MS, interrupted)(maker);
    };
    expect(await figuresOf(both)).toEqual([2, workday + 3 * MINUTE_MS]);
  });

  it('is measured by the newest yes of a group', async () => {
    const reason = await faultAfter(async (maker) => {
      const first = await maker.yes();
      maker.pass(60 * SECOND_MS);
      maker.look([first, await maker.yes()]);
    });
    expect(reason).toBe('in order');
  });

  it('is measured rightly across a change of the clock', async () => {
    const across = (jumpMs: number, waitMs: number) =>
      faultAfter(async (maker) => {
        maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 5 });
        const id = await maker.yes();
        maker.now = instant(maker.now + waitMs + jumpMs);
        maker.append('clock-changed', { offsetMs: jumpMs, uncertaintyMs: 5 });
        maker.look([id]);
      });
    expect(await across(3_600_000, 4_000)).toBe('in order');
    expect(await across(-3_600_000, 4_000)).toBe('in order');
    expect(await across(3_600_000, 60_000)).toBe('look-too-late');
  });

  it('is in order where somebody turned the clock back while it was open', async () => {
    const reason = await faultAfter(async (maker) => {
      maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 5 });
      const ids = [await maker.yes()];
      const lookId = maker.open(ids);
      maker.pass(-3_595_000).append('clock-changed', { offsetMs: 0, uncertaintyMs: 3_600_000 });
      maker.close(lookId, ids);
    });
    expect(reason).toBe('in order');
  });

  it('left open at the end is a gap, and nothing worse', async () => {
    const report = await reportAfter(async (maker) => {
      maker.open([await maker.yes()]);
      maker.append('clock-changed', { offsetMs: 1, uncertaintyMs: 1 });
      await maker.checkpoint();
    });
    expect(report.gaps).toEqual(['look-open-at-end']);
  });

  it.each<[string, string, (maker: LedgerMaker) => unknown]>([
    ['for nobody who is known', 'receipt-unknown', (maker) => void maker.look(['A'.repeat(22) as ReceiptId])],
    [
      'for a yes that comes later',
      'receipt-unknown',
      async (maker) => {
        const facts = maker.facts();
        maker.look([facts.receiptId]);
        await maker.yes((other) => ({ ...other, receiptId: facts.receiptId }));
      },
    ],
    [
      'for a yes that was taken back',
      'look-after-withdrawal',
      async (maker) => {
        const id = await maker.yes();
        maker.withdraw(id);
        maker.look([id]);
      },
    ],
    [
      'for one person twice',
      'not-a-line',
      async (maker) => {
        const id = await maker.yes();
        maker.look([id, id]);
      },
    ],
    [
      'while another is open',
      'look-still-open',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()] as const;
        maker.open([ids[0]]);
        maker.open([ids[1]]);
      },
    ],
    [
      'again after it counted',
      'look-again',
      async (maker) => {
        const id = await maker.yes();
        maker.look([id]);
        maker.look([id]);
      },
    ],
    [
      'a third time',
      'look-again',
      async (maker) => {
        const id = await maker.yes();
        for (let time = 0; time < 3; time += 1) maker.look([id], tooMany);
      },
    ],
    [
      'again for other people',
      'look-again',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()];
        maker.look(ids, tooMany);
        maker.look(ids.slice(0, 1));
      },
    ],
    [
      'again after another visit',
      'look-again',
      async (maker) => {
        const id = await maker.yes();
        maker.look([id], tooMany);
        await maker.visit();
        maker.look([id]);
      },
    ],
    [
      'with the id of one before',
      'look-id-twice',
      async (maker) => {
        const lookId = maker.look([await maker.yes()]);
        maker.append('look-opened', { lookId, receiptIds: [await maker.yes()] });
      },
    ],
    [
      'closed without being open',
      'look-not-open',
      async (maker) => {
        const ids = [await maker.yes()];
        maker.close(maker.look(ids), ids);
      },
    ],
    [
      'closed with other receipts',
      'look-differs',
      async (maker) => {
        const ids = [await maker.yes(), await maker.yes()] as const;
        maker.close(maker.open(ids), [ids[0]]);
      },
    ],
    [
      'closed with another id',
      'look-differs',
      async (maker) => {
        const ids = [await maker.yes()];
        maker.open(ids);
        maker.close('L'.repeat(22) as never, ids);
      },
    ],
    [
      'that lasted longer than a look may',
      'look-too-long',
      async (maker) => {
        const ids = [await maker.yes()];
        const lookId = maker.open(ids);
        maker.pass(60 * SECOND_MS).close(lookId, ids, { openMs: 22_001 });
      },
    ],
    [
      'that lasted longer than its entries are apart',
      'look-longer-than-possible',
      lookWith({ openMs: 6_001 }),
    ],
    ['without a duration, though it ended', 'look-duration-wrong', lookWith({ openMs: null })],
    [
      'with a duration, though it was interrupted',
      'look-duration-wrong',
      lookWith({ ending: 'interrupted' }),
    ],
    ['that counted while the camera was shut', 'look-duration-wrong', lookWith({ openMs: 0, framesSeen: 0 })],
    [
      'that refused people while the camera was shut',
      'look-duration-wrong',
      lookWith({ ...tooMany, openMs: 0 }),
    ],
    [
      'with an open camera, though none opened',
      'look-duration-wrong',
      lookWith({ ending: 'camera-absent', framesSeen: 0 }),
    ],
    [
      'with an open camera, though the yes had run out',
      'look-duration-wrong',
      lookWith({ ending: 'grant-expired', framesSeen: 0 }),
    ],
    ['that counted from no frame', 'look-frames-wrong', lookWith({ framesSeen: 0 })],
    ['that counted from two frames', 'look-frames-wrong', lookWith({ framesSeen: 2 })],
    [
      'that counted from frames that it refused',
      'look-frames-wrong',
      lookWith({ framesSeen: 4, framesRefused: 2 }),
    ],
    [
      'that saw too many people in one frame alone',
      'look-frames-wrong',
      lookWith({ ...tooMany, framesRefused: 1 }),
    ],
    [
      'that saw something while the camera was shut',
      'look-frames-wrong',
      lookWith({ ending: 'stopped', openMs: 0 }),
    ],
    [
      'that was interrupted, and saw something all the same',
      'look-frames-wrong',
      lookWith({ ending: 'interrupted', openMs: null }),
    ],
    ['that refused more than it saw', 'look-frames-wrong', lookWith({ framesSeen: 1, framesRefused: 2 })],
  ])('is refused %s', async (_, reason, goOn) => {
    expect(await faultAfter(goOn)).toBe(reason);
  });
});
