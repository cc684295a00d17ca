import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FRAMES, voteHeadcount } from './vote.ts';

const frames = fc.array(fc.nat(4), { maxLength: MAX_FRAMES });
const allowed = fc.integer({ min: 1, max: 8 });

describe('the vote over frames', () => {
  it('never counts more people than said yes', () => {
    fc.assert(
      fc.property(frames, allowed, (faces, people) => {
        const vote = voteHeadcount(faces, people);
        if (vote.kind === 'counted') expect(vote.headcount).toBeLessThanOrEqual(people);
      }),
    );
  });

  it('counts, by the first frame that settles it, only a number that was seen and allowed', () => {
    fc.assert(
      fc.property(frames, allowed, (faces, people) => {
        // A look ends with the first vote that is not "look on", as the kiosk does.
        const votes = faces.map((_, index) => voteHeadcount(faces.slice(0, index + 1), people));
        const last = votes.find(({ kind }) => kind !== 'look-on');
        if (last?.kind !== 'counted') return;
        const taken = faces.slice(0, votes.indexOf(last) + 1);
        expect(last.headcount).toBeGreaterThan(0);
        expect(last.headcount).toBeLessThanOrEqual(people);
        expect(taken).toContain(last.headcount);
        expect(taken.filter((count) => count > people).length).toBeLessThan(2);
      }),
    );
  });

  it('never counts when two frames show more people than said yes', () => {
    fc.assert(
      fc.property(frames, allowed, (faces, people) => {
        fc.pre(faces.filter((count) => count > people).length >= 2);
        expect(voteHeadcount(faces, people)).toEqual({ kind: 'too-many-people' });
      }),
    );
  });

  it('always ends by the last frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: MAX_FRAMES, maxLength: MAX_FRAMES }),
        allowed,
        (faces, people) => {
          expect(voteHeadcount(faces, people).kind).not.toBe('look-on');
        },
      ),
    );
  });

  it('does not depend on the order of frames', () => {
    fc.assert(
      fc.property(frames, allowed, (faces, people) => {
        expect(voteHeadcount(faces.toReversed(), people)).toEqual(voteHeadcount(faces, people));
      }),
    );
  });

  it('counts one person after three frames that agree', () => {
    expect(voteHeadcount([1, 1], 1)).toEqual({ kind: 'look-on' });
    expect(voteHeadcount([0, 1, 1, 1], 1)).toEqual({ kind: 'counted', headcount: 1 });
  });

  it('counts fewer than said yes when fewer are seen', () => {
    expect(voteHeadcount([2, 2, 2], 3)).toEqual({ kind: 'counted', headcount: 2 });
  });

  it('says nobody only when every frame was empty', () => {
    expect(
      voteHeadcount(
        Array.from({ length: MAX_FRAMES }, () => 0),
        1,
      ),
    ).toEqual({ kind: 'nobody' });
    expect(voteHeadcount([1, 1, ...Array.from({ length: MAX_FRAMES - 2 }, () => 0)], 1)).toEqual({
      kind: 'undecided',
    });
  });
});
