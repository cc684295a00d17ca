import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptId } from '#values';
import { AGE_BANDS, type Cell, cellOf, GENDERS } from './bands.ts';
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

/** What somebody who adds up releases sees in each cell. */
function totalsOf(releases: readonly ReleaseChange[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { change } of releases) {
    for (const [at, people] of Object.entries(change)) totals.set(at, (totals.get(at) ?? 0) + people);
  }
  return totals;
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

  it('never let two of them be told apart by fewer than k people', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const { releases } = play(story);
        for (let from = 0; from < releases.length; from += 1) {
          for (let to = from + 1; to <= releases.length; to += 1) {
            const between = totalsOf(releases.slice(from, to));
            const people = [...between.values()].reduce((sum, value) => sum + Math.abs(value), 0);
            expect(people).toBeGreaterThanOrEqual(K_MIN);
          }
        }
      }),
    );
  });

  it('hold, cell by cell, everyone who has not withdrawn, save for who still waits', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const { pending, releases } = play(story);
        const withdrawn = new Set<string>();
        const answered: Cell[] = [];
        for (const step of story) {
          if (step.kind === 'answer') answered.push(step.cell);
          else if (step.person < answered.length) withdrawn.add(`person-${step.person}`);
        }
        const expected = new Map<string, number>();
        const add = (at: string, people: number) => expected.set(at, (expected.get(at) ?? 0) + people);
        for (const [person, at] of answered.entries()) if (!withdrawn.has(`person-${person}`)) add(at, 1);
        for (const at of pending.add.values()) add(at, -1);
        for (const at of pending.subtract.values()) add(at, 1);
        const released = totalsOf(releases);
        for (const at of new Set([...expected.keys(), ...released.keys()])) {
          expect(released.get(at) ?? 0).toBe(expected.get(at) ?? 0);
        }
      }),
    );
  });

  it('take everybody who withdrew out in the end, if visitors go on coming', () => {
    fc.assert(
      fc.property(steps, (story) => {
        let { pending } = play(story);
        const waiting = pending.subtract.size;
        for (const band of AGE_BANDS) {
          for (const gender of GENDERS) {
            for (let more = 0; more < waiting + K_MIN; more += 1) {
              pending = waitFor(
                pending,
                `later-${band}-${gender}-${more}` as ReceiptId,
                cellOf(band, gender),
              );
            }
          }
        }
        const due = release(pending, K_MIN);
        expect(due?.pending.subtract.size).toBe(0);
        expect(due?.pending.add.size).toBe(0);
      }),
    );
  });

  it('say the same of two people who answered alike, whichever of them withdrew', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 30 }), fc.nat(), fc.nat(), (cells, a, b) => {
        const [first, second] = [a % cells.length, b % cells.length];
        const alike = cells.with(second, cells[first]!);
        const answers: Step[] = alike.map((value) => ({ kind: 'answer', cell: value }));
        const more: Step[] = cells.concat(cells).map((value) => ({ kind: 'answer', cell: value }));
        const withdrawing = (person: number) =>
          play([...answers, { kind: 'withdraw', person }, ...more]).releases;
        expect(withdrawing(first)).toEqual(withdrawing(second));
      }),
    );
  });

  it('take a withdrawal once, however often it is made', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), (story, person) => {
        const { pending } = play(story);
        const once = takeOut(pending, `person-${person}` as ReceiptId);
        expect(takeOut(once, `person-${person}` as ReceiptId)).toEqual(once);
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
