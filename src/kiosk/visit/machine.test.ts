import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { visitMachine } from './machine.ts';
import {
  allPaths,
  brokenBy,
  changed,
  type Happening,
  idleMs,
  news,
  type Promised,
  play,
  sentences,
  taps,
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
