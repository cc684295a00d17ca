import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGE_BANDS,
  type Cell,
  cellOf,
  emptyPending,
  GENDERS,
  type PendingRelease,
  release,
  takeOut,
  waitFor,
} from '#counting';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, type ReceiptId, randomId } from '#values';
import { checkOf, faultAfter, reportAfter } from '../testing/files.ts';
import { LedgerMaker, makeKeys } from '../testing/ledger-maker.ts';

const bothPurposes = { purposes: ['count', 'demographics'] } as const;

async function givenBy(maker: LedgerMaker, people: number): Promise<ReceiptId[]> {
  const ids: ReceiptId[] = [];
  for (let person = 0; person < people; person += 1)
    ids.push(await maker.visit((facts) => ({ ...facts, ...bothPurposes })));
  return ids;
}
const TEN = { people: 10, change: { '25-39/female': 6, 'not-sure/not-sure': 4 } } as const;
const released =
  (people: number, change: Readonly<Record<string, number>>, times = 1) =>
  async (maker: LedgerMaker) => {
    await givenBy(maker, 20);
    for (let time = 0; time < times; time += 1) maker.append('release', { people, change });
  };

describe('a release', () => {
  it('of ten among twenty people who gave age and gender is in order', async () => {
    const report = await reportAfter(released(10, TEN.change));
    expect(report.figures).toMatchObject({ releases: 1, releasedPeople: 10 });
  });

  it('of fewer is refused', async () => {
    expect(await faultAfter(released(9, { '25-39/female': 9 }))).toBe('release-too-small');
  });

  it('whose cells do not add up is refused', async () => {
    expect(await faultAfter(released(10, { '25-39/female': 9 }))).toBe('release-sum-wrong');
  });

  it('of a cell that nobody knows is refused', async () => {
    expect(await faultAfter(released(10, { 'under-10/female': 10 }))).toBe('not-a-line');
  });

  it('of more people than were counted is refused, also in several parts', async () => {
    expect(await faultAfter(released(21, { '25-39/female': 21 }))).toBe('release-too-large');
    expect(
      await faultAfter(async (maker) => {
        await givenBy(maker, 20);
        maker.append('release', TEN);
        await givenBy(maker, 10);
        maker.append('release', TEN);
        await givenBy(maker, 9);
        maker.append('release', { people: 20, change: { '25-39/female': 20 } });
      }),
    ).toBe('release-too-large');
  });

  it('before twice as many people wait is refused: who was left out would be known', async () => {
    expect(await faultAfter(released(10, TEN.change, 2))).toBe('release-too-soon');
    expect(await faultAfter(released(11, { '25-39/female': 11 }))).toBe('release-too-soon');
  });

  it('of people who gave no age and gender is refused, or who gave them as a group', async () => {
    const reason = await faultAfter(async (maker) => {
      for (let person = 0; person < 20; person += 1) await maker.visit();
      maker.append('release', TEN);
    });
    expect(reason).toBe('release-too-large');
    const ofGroups = await faultAfter(async (maker) => {
      for (let group = 0; group < 10; group += 1) {
        const ids = [0, 1].map(() => maker.yes((facts) => ({ ...facts, ...bothPurposes })));
        const lookId = maker.look(await Promise.all(ids));
        for (const id of ids) maker.count(lookId, await id);
      }
      maker.append('release', TEN);
    });
    expect(ofGroups).toBe('release-too-large');
  });

  it('of people who had all taken their yes back is refused', async () => {
    const reason = await faultAfter(async (maker) => {
      for (const id of await givenBy(maker, 20)) maker.withdraw(id);
      maker.append('release', TEN);
    });
    expect(reason).toBe('release-too-large');
  });

  it('does not count among those who wait who took their yes back, before it or after one', async () => {
    const reason = (withdrawals: number) =>
      faultAfter(async (maker) => {
        const ids = await givenBy(maker, 30);
        maker.append('release', TEN);
        for (const id of ids.slice(0, withdrawals)) maker.withdraw(id);
        maker.append('release', TEN);
      });
    expect(await reason(0)).toBe('in order');
    expect(await reason(1)).toBe('release-too-soon');
  });

  it('may hold whoever took a yes back when the link to the answer may have been cut', async () => {
    const late = (turn: (maker: LedgerMaker) => void) =>
      faultAfter(async (maker) => {
        const ids = await givenBy(maker, 20);
        turn(maker);
        for (const id of ids) maker.withdraw(id);
        maker.append('release', TEN);
      });
    expect(await late((maker) => maker.pass(DAY_MS))).toBe('in order');
    expect(await late((maker) => maker.append('clock-changed', { offsetMs: 0, uncertaintyMs: 5 }))).toBe(
      'in order',
    );
    expect(await late((maker) => maker.pass(DAY_MS - 20 * MINUTE_MS))).toBe('release-too-large');
  });

  it('of an honest tablet is always in order, however people come, take back and are forgotten', async () => {
    const keys = await makeKeys();
    let releases = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 80, maxLength: 160 }), fc.nat(), async (steps, seed) => {
        const maker = await LedgerMaker.begun(seed, keys);
        const tablet = new HonestTablet(maker);
        for (const next of steps) await tablet.take(next);
        releases += tablet.releases;
        const outcome = await checkOf(maker);
        expect(outcome.ok ? 'in order' : outcome.reason).toBe('in order');
      }),
      { numRuns: 8 },
    );
    expect(releases).toBeGreaterThan(8);
  }, 60_000);
});

const cell = fc
  .tuple(fc.constantFrom(...AGE_BANDS), fc.constantFrom(...GENDERS))
  .map(([band, gender]) => cellOf(band, gender));
const step = fc.oneof(
  { weight: 80, arbitrary: fc.record({ kind: fc.constant('come' as const), people: fc.constant(1), cell }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('come' as const),
      people: fc.integer({ min: 2, max: 4 }),
      cell,
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('take back' as const), whose: fc.nat(200) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2 * DAY_MS }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('turn' as const),
      ms: fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cut links' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Item> ? Item : never;

/** Keeps ages and genders as a tablet does: one that goes alone gives them, links are cut after a day, and releases go as soon as they may. */
class HonestTablet {
  releases = 0;
  readonly #maker: LedgerMaker;
  readonly #counted = new Map<ReceiptId, Instant>();
  readonly #ids: ReceiptId[] = [];
  readonly #takenBack = new Set<ReceiptId>();
  #pending: PendingRelease;

  constructor(maker: LedgerMaker) {
    this.#maker = maker;
    this.#pending = emptyPending(maker.random.bytes);
  }

  async take(next: Step): Promise<void> {
    const maker = this.#maker;
    if (next.kind === 'come') await this.#come(next.people, next.cell);
    else if (next.kind === 'take back') this.#takeBack(this.#ids[next.whose]);
    else if (next.kind === 'pass') maker.pass(next.ms);
    else if (next.kind === 'turn')
      maker.pass(next.ms).append('clock-changed', { offsetMs: 0, uncertaintyMs: Math.abs(next.ms) });
    else this.#cutLinks();
    for (;;) {
      const due = release(this.#pending, maker.random.bytes);
      if (due === null) return;
      maker.append('release', due.change);
      this.#pending = due.pending;
      this.releases += 1;
    }
  }

  async #come(people: number, at: Cell): Promise<void> {
    const maker = this.#maker;
    const ids: ReceiptId[] = [];
    for (let person = 0; person < people; person += 1)
      ids.push(await maker.yes((facts) => ({ ...facts, ...bothPurposes })));
    const lookId = maker.look(ids);
    for (const id of ids) {
      maker.count(lookId, id);
      this.#counted.set(id, maker.now);
    }
    this.#ids.push(...ids);
    const [only] = ids;
    if (people === 1 && only !== undefined)
      this.#pending = waitFor(this.#pending, only, { cell: at, promised: 10 });
  }

  #takeBack(id: ReceiptId | undefined): void {
    if (id === undefined || this.#takenBack.has(id)) return;
    this.#takenBack.add(id);
    this.#maker.withdraw(id);
    this.#pending = takeOut(this.#pending, id);
  }

  #cutLinks(): void {
    const cut = [...this.#counted].filter(([, at]) => at <= this.#maker.now - 25 * HOUR_MS);
    for (const [id] of cut) {
      this.#counted.delete(id);
      const nobody: ReceiptId = randomId(this.#maker.random.bytes);
      const { released, ...waiting } = this.#pending;
      const nameless = (answers: PendingRelease['add']) =>
        new Map([...answers].map(([whose, answer]) => [whose === id ? nobody : whose, answer] as const));
      this.#pending = {
        ...waiting,
        add: nameless(waiting.add),
        subtract: nameless(waiting.subtract),
        released: new Map([...released].filter(([whose]) => whose !== id)),
      };
    }
  }
}
