import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptId } from '#values';
import { AGE_BANDS, cellOf, GENDERS } from './bands.ts';
import {
  emptyPending,
  K_MIN,
  type PendingRelease,
  type ReleaseChange,
  release,
  takeOut,
  waitFor,
} from './release.ts';

const cell = fc
  .tuple(fc.constantFrom(...AGE_BANDS), fc.constantFrom(...GENDERS))
  .map(([band, gender]) => cellOf(band, gender));
/** Visitors answer and take answers back, in any order, with a release tried after each step. */
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: cell.map((value) => ({ kind: 'answer' as const, cell: value })) },
    { weight: 1, arbitrary: fc.nat(60).map((person) => ({ kind: 'withdraw' as const, person })) },
  ),
  { maxLength: 80 },
);
type Step = typeof steps extends fc.Arbitrary<(infer Item)[]> ? Item : never;

function play(story: readonly Step[]): { pending: PendingRelease; releases: ReleaseChange[] } {
  const releases: ReleaseChange[] = [];
  let pending = emptyPending();
  let people = 0;
  for (const step of story) {
    if (step.kind === 'answer') pending = waitFor(pending, `person-${people++}` as ReceiptId, step.cell);
    else pending = takeOut(pending, `person-${step.person}` as ReceiptId);
    const due = release(pending, K_MIN);
    if (due === null) continue;
    releases.push(due.change);
    pending = due.pending;
  }
  return { pending, releases };
}

describe('releases', () => {
  it('speak of at least k people each', () => {
    fc.assert(
      fc.property(steps, (story) => {
        for (const { people } of play(story).releases) expect(people).toBeGreaterThanOrEqual(K_MIN);
      }),
    );
  });

  it('never lower a cell, so that nobody sees who was taken out', () => {
    fc.assert(
      fc.property(steps, (story) => {
        for (const { change } of play(story).releases) {
          for (const gain of Object.values(change)) expect(gain).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('add up to the people that they name', () => {
    fc.assert(
      fc.property(steps, (story) => {
        for (const { people, change } of play(story).releases) {
          expect(Object.values(change).reduce((sum, gain) => sum + gain, 0)).toBe(people);
        }
      }),
    );
  });

  it('agree, with what still waits, with everyone who has not withdrawn', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const { pending, releases } = play(story);
        const total = releases.reduce((sum, { people }) => sum + people, 0);
        expect(total - pending.subtract.size).toBe(pending.released.size);
      }),
    );
  });

  it('wait for ever in a quiet shop', () => {
    let pending = emptyPending();
    for (let person = 0; person < K_MIN - 1; person += 1) {
      pending = waitFor(pending, `person-${person}` as ReceiptId, 'under-25/female');
    }
    expect(release(pending, K_MIN)).toBeNull();
  });

  it('go nowhere below ten, whatever the setting says', () => {
    expect(release(waitFor(emptyPending(), 'person' as ReceiptId, '25-39/male'), 1)).toBeNull();
  });
});
