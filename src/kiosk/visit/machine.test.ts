import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createActor, type EventObject, fromCallback, SimulatedClock } from 'xstate';
import type { Grant, Notice } from '#consent';
import { type LookResult, type Visit, type VisitEvent, visitMachine } from './machine.ts';
import {
  allPaths,
  brokenBy,
  changed,
  coveredMs,
  type Happening,
  idleMs,
  news,
  type Promised,
  play,
  sentences,
  taps,
  uncoveredMs,
  type VisitMachine,
} from './testing/watch-visits.ts';

const paths = allPaths(visitMachine);

const named = Object.entries(sentences).map(([promised, sentence]) => ({
  promised: promised as Promised,
  sentence,
}));

describe('a visit, on every path of its statechart,', () => {
  let played: ReturnType<typeof play>[];
  beforeAll(() => {
    played = paths.map((path) => play(visitMachine, path));
  });

  it('can be in every state', () => {
    // Some are over as soon as they begin: nobody is ever found in them.
    const lasting = Object.values(visitMachine.states).filter(({ always }) => always === undefined);
    expect(new Set(played.map(({ state }) => state))).toEqual(new Set(lasting.map(({ key }) => key)));
  });

  it.each(named)('$sentence', ({ promised }) => {
    expect(paths.filter((_, index) => played[index]!.broken.has(promised))).toEqual([]);
  });
});

describe('a visit that nobody meant well', () => {
  const anything = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Happening>(...taps) },
    { weight: 3, arbitrary: fc.constantFrom<Happening>(...news) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(1, 5_000, idleMs - 1, idleMs).map((ms): Happening => ({ type: 'wait', ms })),
    },
  );
  const hostile = fc
    .array(fc.tuple(fc.constantFrom(...paths), fc.array(anything, { maxLength: 12 })), { maxLength: 4 })
    .map((visits) => visits.flatMap(([path, more]) => [...path, ...more]));

  it('breaks no promise, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(hostile, (happenings) => {
        expect(brokenBy(visitMachine, happenings)).toEqual(new Set());
      }),
      { numRuns: 300 },
    );
  });
});

describe('a visitor who is still reading', () => {
  it('is not taken for gone as long as the screen is touched', () => {
    const clock = new SimulatedClock();
    const visit = createActor(visitMachine, { clock }).start();
    const [start] = taps;
    visit.send(start!);
    for (let touch = 0; touch < 5; touch += 1) {
      clock.increment(idleMs - 1);
      visit.send({ type: 'touched' });
    }
    expect(visit.getSnapshot().value).toBe('choose');
    clock.increment(idleMs);
    expect(visit.getSnapshot().value).toBe('attract');
  });
});

describe('a visitor with the receipt on the screen', () => {
  /** A visit from its first tap until its yes is recorded, or its look has ended, under a clock that the test turns. */
  function visitWithReceipt(result: LookResult | null = null) {
    const clock = new SimulatedClock();
    const nobody = fromCallback<EventObject, Visit>(() => undefined);
    const actors = { record: nobody, look: nobody, delete: nobody };
    const visit = createActor(visitMachine.provide({ actors }), { clock }).start();
    const events: VisitEvent[] = [
      { type: 'start', notice: {} as Notice, answerOrder: 'no-first' },
      { type: 'agree' },
      { type: 'older' },
      { type: 'recorded', recorded: { grant: {} as Grant, receipts: [] } },
    ];
    for (const event of events) visit.send(event);
    if (result !== null) visit.send({ type: 'look ended', result });
    return { clock, visit, state: () => visit.getSnapshot().value };
  }

  const counted: LookResult = {
    ending: 'counted',
    headcount: 1,
    demographics: { band: '25-39', gender: 'female' },
  };

  it('has the guess covered ten seconds after the last touch, and still answers in peace', () => {
    const { clock, visit, state } = visitWithReceipt(counted);
    clock.increment(uncoveredMs - 1);
    visit.send({ type: 'touched' });
    clock.increment(uncoveredMs - 1);
    expect(state()).toBe('result');
    clock.increment(1);
    expect(state()).toBe('resultCovered');
    clock.increment(idleMs - 1);
    visit.send({ type: 'delete' });
    expect(state()).toBe('deleting');
  });

  it('has the code covered after ten seconds, and back for as long as the shop lets a screen wait', () => {
    const { clock, visit, state } = visitWithReceipt(counted);
    visit.send({ type: 'keep' });
    clock.increment(uncoveredMs);
    expect(state()).toBe('receiptCovered');
    clock.increment(coveredMs - 1);
    visit.send({ type: 'show' });
    clock.increment(idleMs - 1);
    visit.send({ type: 'touched' });
    clock.increment(idleMs - 1);
    expect(state()).toBe('receiptLonger');
    clock.increment(1);
    expect(state()).toBe('receiptCovered');
    clock.increment(coveredMs);
    expect(state()).toBe('attract');
  });

  it('has it also where the tablet could not go on, and hears that nothing was counted', () => {
    const faults: VisitEvent[] = [{ type: 'storage failed' }, { type: 'vision failed' }];
    for (const fault of faults) {
      const looking = visitWithReceipt();
      looking.visit.send(fault);
      expect(looking.state()).toBe('receipt');
      expect(looking.visit.getSnapshot().context).toMatchObject({ recorded: { receipts: [] }, result: null });

      const tryingAgain = visitWithReceipt({ ending: 'too-many-people', headcount: 0, demographics: null });
      tryingAgain.visit.send({ type: 'again' });
      tryingAgain.visit.send(fault);
      expect(tryingAgain.state()).toBe('receipt');
      expect(tryingAgain.visit.getSnapshot().context.result).toBeNull();
    }
  });

  it('who walked away from the result leaves a receipt that is covered from the start', () => {
    const { clock, state } = visitWithReceipt(counted);
    clock.increment(uncoveredMs);
    clock.increment(idleMs);
    expect(state()).toBe('receiptCovered');
  });
});

/** Each is one wrong line in the statechart; the checks above must see it. */
const mistakes: readonly (readonly [string, Promised, VisitMachine])[] = [
  [
    'a yes that opens the camera at once',
    'receiptFirst',
    changed(({ choose }) => ({ choose: { ...choose, on: { ...(choose!.on as object), agree: 'looking' } } })),
  ],
  [
    'a look that is tried again with a used grant',
    'onePerGrant',
    changed(({ result }) => ({ result: { ...result, on: { ...(result!.on as object), again: 'looking' } } })),
  ],
  [
    'a camera that is still known after the look',
    'closes',
    changed(({ looking }) => ({ looking: { ...looking, exit: [] } })),
  ],
  [
    'a no that asks again',
    'noIsNo',
    changed(({ guardian }) => ({
      guardian: { ...guardian, on: { ...(guardian!.on as object), decline: 'choose' } },
    })),
  ],
  [
    'a silence that counts as a yes',
    'silenceIsNo',
    changed(({ guardian }) => ({ guardian: { ...guardian, after: { idle: 'recording' } } })),
  ],
  [
    'a child whose guardian is not asked',
    'wholeYes',
    changed(({ guardian }) => ({
      guardian: {
        ...guardian,
        on: {
          ...(guardian!.on as object),
          younger: { target: 'nextPerson', actions: { type: 'keepYes', params: { givenBy: 'visitor' } } },
        },
      },
    })),
  ],
  [
    "a guardian's yes that is noted as the visitor's own",
    'child',
    changed(({ guardianOfChild }) => ({
      guardianOfChild: {
        ...guardianOfChild,
        on: {
          ...(guardianOfChild!.on as object),
          agree: { target: 'nextPerson', actions: { type: 'keepYes', params: { givenBy: 'visitor' } } },
        },
      },
    })),
  ],
  [
    'a retry after any ending',
    'retry',
    changed(({ result }) => ({
      result: { ...result, on: { ...(result!.on as object), again: 'recording' } },
    })),
  ],
  [
    'a no that is counted twice',
    'oneTally',
    changed(({ answeredNo }) => ({
      answeredNo: { ...answeredNo, entry: ['tallyDeclined', 'tallyDeclined'] },
    })),
  ],
  [
    "one person's no that speaks for the others",
    'aloneIsAsked',
    changed(({ answeredNo }) => ({ answeredNo: { ...answeredNo, always: 'declined' } })),
  ],
  [
    'a group of which only the first is asked',
    'aloneIsAsked',
    changed(({ guardian }) => ({
      guardian: {
        ...guardian,
        on: {
          ...(guardian!.on as object),
          older: { target: 'recording', actions: { type: 'keepYes', params: { givenBy: 'visitor' } } },
        },
      },
    })),
  ],
  [
    'a start that keeps what the visitor before ticked',
    'forgets',
    changed(({ attract }) => ({ attract: { ...attract, entry: ['settle'] } })),
  ],
  [
    'a receipt that stays until the screen starts over',
    'covers',
    changed(({ receipt }) => ({ receipt: { ...receipt, after: { idle: 'attract' } } })),
  ],
  [
    'a guess that stays as long as the question',
    'covers',
    changed(({ result }) => ({ result: { ...result, after: { idle: 'receiptCovered' } } })),
  ],
  [
    'a receipt that is taken away instead of covered',
    'covers',
    changed(({ receipt }) => ({ receipt: { ...receipt, after: { uncovered: 'attract' } } })),
  ],
  [
    'a covered receipt that nobody can have back',
    'covers',
    changed(({ receiptCovered }) => ({ receiptCovered: { ...receiptCovered, on: { done: 'attract' } } })),
  ],
  [
    'a full disk that ends a look and takes the receipt with it',
    'keepsReceipt',
    changed(({ looking }) => ({
      looking: { ...looking, on: { ...(looking!.on as object), 'storage failed': 'resting' } },
    })),
  ],
  [
    'a second try that does not come, and takes the receipt with it',
    'keepsReceipt',
    changed(({ recording }) => ({ recording: { ...recording, after: { stuck: 'resting' } } })),
  ],
  ['a result that waits for ever', 'noTrap', changed(({ result }) => ({ result: { ...result, after: {} } }))],
];

describe('these checks see', () => {
  it.each(mistakes.map(([mistake, promised, machine]) => ({ mistake, promised, machine })))(
    '$mistake',
    ({ promised, machine }) => {
      expect(paths.some((path) => brokenBy(machine, path).has(promised))).toBe(true);
    },
  );

  it('a mistake of every kind', () => {
    expect(new Set(mistakes.map(([, promised]) => promised))).toEqual(new Set(Object.keys(sentences)));
  });
});

describe('a slip of the finger', () => {
  const notice = { language: 'en' } as Notice;
  const other = { language: 'fr' } as Notice;
  const visitAfter = (...events: VisitEvent[]) => {
    const visit = createActor(visitMachine, { clock: new SimulatedClock() }).start();
    visit.send({ type: 'start', notice, answerOrder: 'no-first' });
    for (const event of events) visit.send(event);
    return visit.getSnapshot();
  };

  it('in the number of people can be put right until somebody has answered', () => {
    const put = visitAfter(
      { type: 'group' },
      { type: 'people', count: 3 },
      { type: 'group' },
      { type: 'people', count: 2 },
    );
    expect(put.value).toBe('choose');
    expect(put.context).toMatchObject({ people: 2, person: 1 });
    const late = visitAfter(
      { type: 'group' },
      { type: 'people', count: 3 },
      { type: 'decline' },
      { type: 'group' },
    );
    expect(late.value).toBe('choose');
  });

  it('in the age goes back to the question', () => {
    expect(visitAfter({ type: 'agree' }, { type: 'younger' }, { type: 'back' }).value).toBe('guardian');
  });

  it('in the language can be put right on every screen that offers it, and the notice follows', () => {
    const inFrench: VisitEvent = { type: 'language', notice: other };
    expect(visitAfter({ type: 'group' }, inFrench).context.notice).toBe(other);
    const asked = visitAfter({ type: 'agree' }, { type: 'younger' }, inFrench);
    expect(asked.value).toBe('guardianOfChild');
    expect(asked.context.notice).toBe(other);
    // Who answers the age question has just read the notice in another.
    expect(visitAfter({ type: 'agree' }, inFrench).context.notice).toBe(notice);
  });

  it('in the language is put right for whoever reads next, also where it comes while somebody is asked for their age', () => {
    const inFrench: VisitEvent = { type: 'language', notice: other };
    const grownUp = visitAfter({ type: 'agree' }, inFrench, { type: 'younger' });
    expect(grownUp.value).toBe('guardianOfChild');
    expect(grownUp.context.notice).toBe(other);
    const group: VisitEvent[] = [{ type: 'group' }, { type: 'people', count: 2 }, { type: 'agree' }];
    const next = visitAfter(...group, inFrench, { type: 'older' });
    expect(next.value).toBe('choose');
    expect(next.context.notice).toBe(other);
    // The yes before names what that person read.
    expect(next.context.yeses.map((yes) => yes.notice)).toEqual([notice]);
    expect(visitAfter(...group, inFrench, { type: 'decline' }).context.notice).toBe(other);
  });

  it('in the language that is put right twice counts as it was put right last', () => {
    const french: VisitEvent = { type: 'language', notice: other };
    const english: VisitEvent = { type: 'language', notice };
    expect(visitAfter({ type: 'agree' }, french, english, { type: 'younger' }).context.notice).toBe(notice);
    const changedSince: VisitEvent[] = [{ type: 'agree' }, french, { type: 'younger' }, english];
    expect(visitAfter(...changedSince, { type: 'back' }, { type: 'younger' }).context.notice).toBe(notice);
  });

  it('that comes after the yes is never what the yes was to, also after a way to the grown-up and back', () => {
    // In a group, so that a yes is not recorded before the others have answered.
    const agreed: VisitEvent[] = [{ type: 'group' }, { type: 'people', count: 2 }, { type: 'agree' }];
    const french: VisitEvent = { type: 'language', notice: other };
    const [younger, back, older]: VisitEvent[] = [{ type: 'younger' }, { type: 'back' }, { type: 'older' }];
    const yesesAfter = (...events: VisitEvent[]) =>
      visitAfter(...agreed, ...events).context.yeses.map((yes) => [yes.notice, yes.givenBy]);
    expect(yesesAfter(french, younger!, back!, older!)).toEqual([[notice, 'visitor']]);
    expect(yesesAfter(younger!, french, back!, older!)).toEqual([[notice, 'visitor']]);
    expect(yesesAfter(french, younger!, { type: 'agree' })).toEqual([[other, 'guardian']]);
  });
});
