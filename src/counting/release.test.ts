import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomBytes, ReceiptId } from '#values';
import { AGE_BANDS, type Cell, cellOf, GENDERS } from './bands.ts';
import { fraction } from './chance.ts';
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
const promise = fc.constantFrom(K_MIN, K_MIN, K_MIN + 2, K_MIN + 5);
/** Visitors answer and take answers back, in any order, with a release tried after each step. */
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('answer' as const), cell, promised: promise }) },
    { weight: 1, arbitrary: fc.nat(120).map((person) => ({ kind: 'withdraw' as const, person })) },
  ),
  { minLength: 40, maxLength: 160 },
);
const seed = fc.nat();
type Step = typeof steps extends fc.Arbitrary<(infer Item)[]> ? Item : never;

const person = (name: string | number) => `person-${name}` as ReceiptId;
const answer = (at: Cell, promised = K_MIN): Step => ({ kind: 'answer', cell: at, promised });
const unlike: readonly Cell[] = ['25-39/male', '60-plus/female', '40-59/female', 'under-25/male'];
/** Answers of many kinds, so that only how many they are decides. */
const mixed = (people: number): Step[] =>
  Array.from({ length: people }, (_, index) => answer(unlike[index % unlike.length] ?? '25-39/male'));

/** Bytes that follow from a seed (mulberry32). */
function bytesFrom(start: number): RandomBytes {
  let state = start;
  return (length) =>
    new Uint8Array(length).map(() => {
      state = (state + 0x6d2b79f5) | 0;
      let mixedUp = Math.imul(state ^ (state >>> 15), 1 | state);
      mixedUp = (mixedUp + Math.imul(mixedUp ^ (mixedUp >>> 7), 61 | mixedUp)) ^ mixedUp;
      return (mixedUp ^ (mixedUp >>> 14)) >>> 24;
    });
}

interface Went {
  readonly before: PendingRelease;
  readonly after: PendingRelease;
  readonly change: ReleaseChange;
  /** How many steps had been played. */
  readonly step: number;
}

function play(story: readonly Step[], start: number): { pending: PendingRelease; releases: Went[] } {
  const releases: Went[] = [];
  let pending = emptyPending(bytesFrom(start));
  let people = 0;
  for (const [index, step] of story.entries()) {
    if (step.kind === 'answer') pending = waitFor(pending, person(people++), step);
    else pending = takeOut(pending, person(step.person));
    // Chance of its own for each step, so that two stories can be compared step by step.
    const due = release(pending, bytesFrom(start + index * 7_919));
    if (due === null) continue;
    releases.push({ before: pending, after: due.pending, change: due.change, step: index });
    pending = due.pending;
  }
  return { pending, releases };
}

/** What somebody who adds up releases sees in each cell. */
function totalsOf(releases: readonly Went[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { change } of releases) {
    for (const [at, people] of Object.entries(change.change)) totals.set(at, (totals.get(at) ?? 0) + people);
  }
  return totals;
}

/** Something that holds for each release of any story. */
function everyRelease(holds: (went: Went) => void): void {
  fc.assert(
    fc.property(steps, seed, (story, start) => {
      for (const went of play(story, start).releases) holds(went);
    }),
    { numRuns: 300 },
  );
}

describe('each release', () => {
  it('names exactly k people: the most that anybody who waited was promised', () => {
    everyRelease(({ before, change }) => {
      const promised = [...before.add.values()].map((waiting) => waiting.promised);
      expect(change.people).toBe(Math.max(K_MIN, ...promised));
      expect(Object.values(change.change).reduce((sum, gain) => sum + gain, 0)).toBe(change.people);
    });
  });

  it('goes from among 2k people at least, all withdrawals taken off', () => {
    everyRelease(({ before, change }) => {
      expect(before.add.size - before.subtract.size).toBeGreaterThanOrEqual(2 * change.people);
    });
  });

  it('leaves k people fewer waiting, whether or not a withdrawal was covered', () => {
    everyRelease(({ before, after, change }) => {
      const waiting = (pending: PendingRelease) => pending.add.size - pending.subtract.size;
      expect(waiting(before) - waiting(after)).toBe(change.people);
    });
  });

  it('lowers no cell, so that nobody sees who was taken out', () => {
    everyRelease(({ change }) => {
      for (const gain of Object.values(change.change)) expect(gain).toBeGreaterThan(0);
    });
  });

  it('has two people at least beside the most frequent gender, and beside the most frequent band', () => {
    everyRelease(({ change }) => {
      for (const part of [0, 1]) {
        const sums = new Map<string, number>();
        for (const [at, people] of Object.entries(change.change)) {
          const name = at.split('/')[part] ?? '';
          sums.set(name, (sums.get(name) ?? 0) + people);
        }
        expect(change.people - Math.max(...sums.values())).toBeGreaterThanOrEqual(2);
      }
    });
  });
});

describe('releases', () => {
  it('hold, cell by cell, everyone who has not withdrawn, save for who still waits', () => {
    fc.assert(
      fc.property(steps, seed, (story, start) => {
        const { pending, releases } = play(story, start);
        const answered: Cell[] = [];
        const withdrawn = new Set<number>();
        for (const step of story) {
          if (step.kind === 'answer') answered.push(step.cell);
          else if (step.person < answered.length) withdrawn.add(step.person);
        }
        const expected = new Map<string, number>();
        const add = (at: string, people: number) => expected.set(at, (expected.get(at) ?? 0) + people);
        for (const [index, at] of answered.entries()) if (!withdrawn.has(index)) add(at, 1);
        for (const waiting of pending.add.values()) add(waiting.cell, -1);
        for (const waiting of pending.subtract.values()) add(waiting.cell, 1);
        const released = totalsOf(releases);
        for (const at of new Set([...expected.keys(), ...released.keys()])) {
          expect(released.get(at) ?? 0).toBe(expected.get(at) ?? 0);
        }
      }),
    );
  });

  it('take everybody who withdrew out in the end, if visitors go on coming', () => {
    fc.assert(
      fc.property(steps, seed, (story, start) => {
        let { pending } = play(story, start);
        for (const band of AGE_BANDS) {
          for (const gender of GENDERS) {
            for (let more = 0; more <= pending.subtract.size + K_MIN; more += 1) {
              const later = person(`later-${band}-${gender}-${more}`);
              pending = waitFor(pending, later, { cell: cellOf(band, gender), promised: K_MIN });
            }
          }
        }
        expect(release(pending, bytesFrom(start))?.pending.subtract.size).toBe(0);
      }),
    );
  });

  it('take a withdrawal once, however often it is made', () => {
    fc.assert(
      fc.property(steps, seed, fc.nat(120), (story, start, who) => {
        const once = takeOut(play(story, start).pending, person(who));
        expect(takeOut(once, person(who))).toEqual(once);
      }),
    );
  });

  it('never go for fewer than 2k people, and always for 3k who are not alike', () => {
    fc.assert(
      fc.property(seed, (start) => {
        expect(play(mixed(2 * K_MIN - 1), start).releases).toEqual([]);
        expect(play(mixed(3 * K_MIN), start).releases.length).toBeGreaterThan(0);
      }),
    );
  });

  it('keep a promise that was made before the setting was lowered', () => {
    fc.assert(
      fc.property(seed, (start) => {
        const [first] = play([answer('25-39/male', 20), ...mixed(60)], start).releases;
        expect(first?.step).toBeGreaterThanOrEqual(2 * 20 - 1);
        expect(first?.change.people).toBe(20);
      }),
    );
  });

  it('never go while all who wait are of one gender or of one band', () => {
    fc.assert(
      fc.property(seed, fc.array(fc.constantFrom(...AGE_BANDS), { maxLength: 60 }), (start, bands) => {
        expect(
          play(
            bands.map((band) => answer(cellOf(band, 'male'))),
            start,
          ).releases,
        ).toEqual([]);
      }),
    );
    expect(
      play(
        Array.from({ length: 60 }, () => answer('25-39/male')),
        1,
      ).releases,
    ).toEqual([]);
  });
});

describe('what a release tells of one person', () => {
  it('its moment and its size do not tell what somebody who withdrew had answered', () => {
    const withdrawing = (victim: Cell, start: number) =>
      play([answer(victim), ...mixed(39), { kind: 'withdraw', person: 0 }, ...mixed(80)], start)
        .releases.filter(({ step }) => step > 40)
        .map(({ step, change }) => [step, change.people]);
    for (let start = 0; start < 200; start += 1) {
      expect(withdrawing('25-39/male', start)).toEqual(withdrawing('60-plus/not-sure', start));
    }
  });

  it('its moment does not tell whether somebody who withdrew had been released already', () => {
    const releases = Array.from({ length: 400 }, (_, start) => {
      const story: Step[] = [...mixed(40), { kind: 'withdraw', person: 0 }, ...mixed(40)];
      const { releases } = play(story, start);
      const wasReleased = releases.some(({ step, after }) => step < 40 && after.released.has(person(0)));
      return { wasReleased, waited: (releases.find(({ step }) => step > 40)?.step ?? 80) - 40 };
    });
    const mean = (wasReleased: boolean): number => {
      const waits = releases.filter((run) => run.wasReleased === wasReleased).map(({ waited }) => waited);
      return waits.reduce((sum, waited) => sum + waited, 0) / waits.length;
    };
    expect(Math.abs(mean(true) - mean(false))).toBeLessThan(1.5);
  });

  it('the tap after nine known answers releases nothing, nor does any tap do so for certain', () => {
    const firstAt = Array.from(
      { length: 1_000 },
      (_, start) => play(mixed(40), start).releases[0]?.step ?? -1,
    );
    expect(Math.min(...firstAt)).toBe(2 * K_MIN - 1);
    expect(Math.max(...firstAt)).toBe(3 * K_MIN - 1);
    for (let people = 2 * K_MIN; people <= 3 * K_MIN; people += 1) {
      expect(firstAt.filter((step) => step === people - 1).length).toBeLessThan(150);
    }
  });

  it('who answered last is in it with half a chance at most', () => {
    const hasLast = Array.from({ length: 1_000 }, (_, start) => {
      const [first] = play(mixed(40), start).releases;
      return first?.after.released.has(person(first.before.add.size - 1)) ?? false;
    });
    expect(hasLast.filter(Boolean).length).toBeLessThan(550);
  });
});

describe('drawing', () => {
  it('gives every number from 0 to 1 about the same chance', () => {
    const random = bytesFrom(7);
    const tenths = new Array(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) tenths[Math.floor(fraction(random) * 10)] += 1;
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
