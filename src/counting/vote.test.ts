import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRAMES_THAT_DECIDE,
  FRAMES_THAT_REFUSE,
  type FrameSeen,
  LOOK_FOR_MS,
  voteHeadcount,
} from './vote.ts';

const ALIVE = 10;
const STILL = 1;
const FRAME_MS = 100;

/** Frames in even time, each with some living faces. */
const showing = (...faces: readonly number[]): FrameSeen[] =>
  faces.map((count, index) => ({ atMs: index * FRAME_MS, stirs: Array<number>(count).fill(ALIVE) }));
/** One number for as long as a look may take. */
const always = (faces: number, stir = ALIVE): FrameSeen[] =>
  showing(...Array<number>(LOOK_FOR_MS / FRAME_MS + 1).fill(faces)).map(({ atMs, stirs }) => ({
    atMs,
    stirs: stirs.map(() => stir),
  }));

const frames = fc
  .array(
    fc.tuple(fc.integer({ min: 10, max: 600 }), fc.array(fc.constantFrom(0, STILL, ALIVE), { maxLength: 4 })),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(([afterMs, stirs], index): FrameSeen => {
      atMs += index === 0 ? 0 : afterMs;
      return { atMs, stirs };
    });
  });
const allowed = fc.integer({ min: 1, max: 8 });

/** A look ends with the first vote that is not "look on", as the kiosk does; these are the frames that it took. */
function lookThrough(all: readonly FrameSeen[], people: number) {
  for (let taken = 1; taken <= all.length; taken += 1) {
    const vote = voteHeadcount(all.slice(0, taken), people);
    if (vote.kind !== 'look-on') return { vote, taken: all.slice(0, taken) };
  }
  return null;
}

describe('the vote over frames', () => {
  it('counts only a number that was seen, allowed, and seen to be alive', () => {
    fc.assert(
      fc.property(frames, allowed, (all, people) => {
        const look = lookThrough(all, people);
        if (look?.vote.kind !== 'counted') return;
        const { headcount } = look.vote;
        expect(headcount).toBeGreaterThan(0);
        expect(headcount).toBeLessThanOrEqual(people);
        const alive = look.taken.map(({ stirs }) => stirs.filter((stir) => stir === ALIVE).length);
        expect(Math.max(...alive)).toBeGreaterThanOrEqual(headcount);
        expect(look.taken.filter(({ stirs }) => stirs.length >= headcount).length).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  it('refuses at the second of eight frames with more people than said yes, whatever was seen before', () => {
    fc.assert(
      fc.property(frames, allowed, (all, people) => {
        const last = all.at(-1)?.atMs ?? 0;
        const crowd = [1, 2].map((step) => ({
          atMs: last + step,
          stirs: Array<number>(people + 1).fill(STILL),
        }));
        expect(voteHeadcount([...all, ...crowd], people)).toEqual({ kind: 'too-many-people' });
      }),
    );
  });

  it('ends with the first frame after three seconds, and with the fifth where they took longer', () => {
    fc.assert(
      fc.property(frames, allowed, (all, people) => {
        const late = all.slice(0, 4).map((frame) => ({ ...frame, atMs: frame.atMs + LOOK_FOR_MS }));
        const end = [...all, { atMs: (all.at(-1)?.atMs ?? 0) + LOOK_FOR_MS, stirs: [] }];
        if (end.length >= 5) expect(voteHeadcount(end, people).kind).not.toBe('look-on');
        if (late.every(({ stirs }) => stirs.length === 0)) {
          expect(voteHeadcount(late, people)).toEqual({ kind: 'look-on' });
        }
      }),
    );
  });

  it('counts all who said yes after three frames that show them', () => {
    expect(voteHeadcount(showing(1, 1), 1)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount(showing(0, 1, 1, 1), 1)).toEqual({ kind: 'counted', headcount: 1 });
    expect(voteHeadcount(showing(8, 8, 8), 8)).toEqual({ kind: 'counted', headcount: 8 });
  });

  it('counts fewer than said yes only after six frames that show no more', () => {
    expect(voteHeadcount(showing(2, 2, 2), 3)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount(showing(2, 2, 2, 2, 2, 2), 3)).toEqual({ kind: 'counted', headcount: 2 });
    expect(voteHeadcount(showing(2, 2, 3, 2, 2, 3, 3), 3)).toEqual({ kind: 'counted', headcount: 3 });
  });

  it('takes twice as many frames where one showed too many', () => {
    expect(voteHeadcount(showing(2, 1, 1, 1), 1)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount(showing(2, 1, 1, 1, 1, 1, 1), 1)).toEqual({ kind: 'counted', headcount: 1 });
  });

  it('says nobody only after the whole time, and only where the last frames were empty', () => {
    expect(voteHeadcount(always(0).slice(0, -1), 1)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount(always(0), 1)).toEqual({ kind: 'nobody' });
    expect(voteHeadcount([...always(0).slice(0, -1), ...always(1).slice(-1)], 1)).toEqual({
      kind: 'undecided',
    });
  });

  it('counts no face that never stirs, and waits for it as long as it may', () => {
    expect(voteHeadcount(always(1, STILL).slice(0, -1), 1)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount(always(1, STILL), 1)).toEqual({ kind: 'undecided' });
  });

  it('counts the living beside a picture where both said to be two', () => {
    const beside = always(2).map((frame) => ({ ...frame, stirs: [ALIVE, STILL] }));
    expect(voteHeadcount(beside, 2)).toEqual({ kind: 'counted', headcount: 1 });
  });
});

it('counts from three frames at least, and refuses after two: whoever checks a ledger relies on it', () => {
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 4 }), (seen, allowed) => {
      const { kind } = voteHeadcount(seen, allowed);
      const refused = seen.filter(({ stirs }) => stirs.length > allowed).length;
      if (kind === 'counted') expect(seen.length - refused).toBeGreaterThanOrEqual(FRAMES_THAT_DECIDE);
      if (kind === 'too-many-people') expect(refused).toBeGreaterThanOrEqual(FRAMES_THAT_REFUSE);
    }),
    { numRuns: 1_000 },
  );
});
