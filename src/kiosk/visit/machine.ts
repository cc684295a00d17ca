import { assign, type EventObject, fromCallback, setup } from 'xstate';
import { movedPlace, type OpenCamera, WIDEST_PLACE, type WindowMove, type WindowPlace } from '#camera';
import type { GivenBy, Grant, Notice, Purpose } from '#consent';
import type { Demographics } from '#counting';
import type { LookEnding } from '#ledger';
import { MAX_PEOPLE_IN_LOOK } from '#protocol';
import type { IssuedReceipt } from '#tablet';

/** How a look ended, as the visitor hears of it. */
export interface LookResult {
  readonly ending: LookEnding;
  readonly headcount: number;
  readonly demographics: Demographics | null;
}

/** What has been committed for this visit: nothing beyond `recording` happens without it. */
interface Recorded {
  readonly grant: Grant;
  readonly receipts: readonly IssuedReceipt[];
}

/** Which of the two answers stands first where people begin to read. Drawn anew for each visit, so that neither gains by its place. */
export type AnswerOrder = 'no-first' | 'yes-first';

/** One person's whole yes. */
export interface Yes {
  /** As this person read it: the next of a group may read it in another language. */
  readonly notice: Notice;
  readonly givenBy: GivenBy;
  readonly wantsDemographics: boolean;
}

/** Everything that belongs to one visit, and is gone with it. */
export interface Visit {
  readonly notice: Notice | null;
  /** What the person who is asked now said yes to, before their age was asked. */
  readonly agreedTo: Notice | null;
  /** In the language that came while somebody was asked for their age, and so had read already: for whoever reads next. */
  readonly nextNotice: Notice | null;
  readonly answerOrder: AnswerOrder;
  /** How many came together. Each is asked alone. */
  readonly people: number;
  /** Who is asked now, from 1. */
  readonly person: number;
  /** What the person who is asked now has ticked. */
  readonly wantsDemographics: boolean;
  /** Of those who were asked already and said yes. */
  readonly yeses: readonly Yes[];
  /** The networks are warm, and the yes is being kept. Before that the tablet only gets ready. */
  readonly isSaving: boolean;
  readonly recorded: Recorded | null;
  readonly camera: OpenCamera | null;
  /** The visitor tapped "Stop". A camera that is just opening takes a moment to be shut. */
  readonly isStopping: boolean;
  /** Where the visitor put the consent window; a retry begins with it. */
  readonly place: WindowPlace;
  /** Null until a look has ended by itself; a receipt without one is of a yes that a fault of the tablet cut short, and nothing was counted. */
  readonly result: LookResult | null;
  readonly triesLeft: number;
  readonly isDeleted: boolean;
  /** The visitor asked for it, and the tablet could not keep it: the phone still can. */
  readonly hasDeleteFailed: boolean;
}

export type VisitEvent =
  | { readonly type: 'start'; readonly notice: Notice; readonly answerOrder: AnswerOrder }
  /** The visitor reads the notice in another language. */
  | { readonly type: 'language'; readonly notice: Notice }
  | { readonly type: 'details' }
  /** More than one came together. */
  | { readonly type: 'group' }
  | { readonly type: 'people'; readonly count: number }
  | { readonly type: 'demographics'; readonly wanted: boolean }
  | { readonly type: 'agree' }
  | { readonly type: 'decline' }
  | { readonly type: 'older' }
  /** The age was a slip of the finger. */
  | { readonly type: 'back' }
  | { readonly type: 'younger' }
  | { readonly type: 'stop' }
  /** Moves the consent window while the camera is on. */
  | { readonly type: 'move'; readonly move: WindowMove }
  | { readonly type: 'again' }
  | { readonly type: 'keep' }
  | { readonly type: 'delete' }
  | { readonly type: 'done' }
  /** Uncovers what is of the visitor, for who is still there. */
  | { readonly type: 'show' }
  /** Any tap or key: somebody is still here. */
  | { readonly type: 'touched' }
  /** The networks are warm: the yes is written down now. */
  | { readonly type: 'saving' }
  | { readonly type: 'recorded'; readonly recorded: Recorded }
  | { readonly type: 'camera opened'; readonly camera: OpenCamera }
  | { readonly type: 'look ended'; readonly result: LookResult }
  | { readonly type: 'deleted' }
  /** The tablet cannot keep what it is told: it rests rather than promise. */
  | { readonly type: 'storage failed' }
  | { readonly type: 'vision failed' };

/** More do not fit into the picture, and the ledger takes no more receipts for one look. */
export const MOST_PEOPLE = MAX_PEOPLE_IN_LOOK;

/** A look that saw too many people may be tried once more. */
const TRIES = 2;

/** What is of one visitor alone is uncovered this long after the last touch: a code, or a guess at an age. */
export const UNCOVERED_MS = 10_000;
/** Covered, the way back to it stays this long before the screen is the next visitor's (WCAG 2.2, 2.2.1). */
export const COVERED_MS = 20_000;

/** A visit in which nothing has happened yet. */
export const freshVisit: Visit = {
  notice: null,
  agreedTo: null,
  nextNotice: null,
  answerOrder: 'no-first',
  people: 1,
  person: 1,
  wantsDemographics: false,
  yeses: [],
  isSaving: false,
  recorded: null,
  camera: null,
  isStopping: false,
  place: WIDEST_PLACE,
  result: null,
  triesLeft: TRIES,
  isDeleted: false,
  hasDeleteFailed: false,
};

/** What a yes is to: `demographics` only with its own tick, and never for a child. */
export function purposesOf({
  wantsDemographics,
  givenBy,
}: Pick<Yes, 'wantsDemographics' | 'givenBy'>): readonly Purpose[] {
  return wantsDemographics && givenBy === 'visitor' ? ['count', 'demographics'] : ['count'];
}

/** Whether this look is the second: then the visitor was told that others were in the frame. */
export function isRetry({ triesLeft }: Pick<Visit, 'triesLeft'>): boolean {
  return triesLeft < TRIES - 1;
}

const notProvided = fromCallback<EventObject, Visit>(() => {
  throw new Error('The kiosk provides this.');
});

/**
 * Where a visit goes that the tablet cannot go on with. Who has a receipt already is still shown the way to take the yes back, which nobody could
 * without it; the next attract screen finds what is wrong by itself.
 */
const fault = [{ guard: 'hasReceipt', target: 'receipt' }, { target: 'resting' }] as const;

/**
 * One visit from first tap to last. The screens only show its state and send it events; what touches the world is provided by the kiosk
 * as the actors `record`, `look` and `delete` and the actions `settle`, `tallyDeclined` and `tallyLeft`.
 */
export const visitMachine = setup({
  types: {
    context: {} as Visit,
    events: {} as VisitEvent,
  },
  actors: {
    /** Waits for the networks, then commits the receipt; sends `saving`, and then `recorded`, `storage failed` or `vision failed`. */
    record: notProvided,
    /** Opens the camera with the grant and counts; sends `camera opened`, then `look ended` once everything is closed and on disk. */
    look: notProvided,
    /** Takes the receipts back; sends `deleted` or `storage failed`. */
    delete: notProvided,
  },
  actions: {
    keepYes: assign(({ context }, { givenBy }: Pick<Yes, 'givenBy'>) => {
      const { yeses, wantsDemographics } = context;
      // The grown-up may have begun to read in another language before the visitor went back to the age.
      const notice = givenBy === 'visitor' ? context.agreedTo : context.notice;
      if (notice === null) throw new Error('A yes needs the notice that was shown.');
      return { yeses: [...yeses, { notice, givenBy, wantsDemographics }] };
    }),
    agree: assign({ agreedTo: ({ context }) => context.notice }),
    /** The next of a group, or the grown-up who was called, reads all of it anew. */
    readAnew: assign(({ context: { notice, nextNotice } }) => ({
      notice: nextNotice ?? notice,
      nextNotice: null,
    })),
    settle: () => undefined,
    tallyDeclined: () => undefined,
    tallyLeft: () => undefined,
    stopLook: () => undefined,
    placeWindow: ({ context }) => context.camera?.placeWindow(context.place),
  },
  guards: {
    /** Age and gender are asked of who comes alone: in a group nobody could tell whose face is whose. */
    isAlone: ({ context }) => context.people === 1,
    isGroupSize: ({ event }) => event.type === 'people' && event.count >= 1 && event.count <= MOST_PEOPLE,
    /** Nobody has answered yet, so that the number can still be put right. */
    isFirst: ({ context }) => context.person === 1,
    isSomebodyLeft: ({ context }) => context.person < context.people,
    hasYes: ({ context }) => context.yeses.length > 0,
    /** A guess at somebody's age and gender is on the screen. */
    showsGuess: ({ context }) => (context.result?.demographics ?? null) !== null,
    mayTryAgain: ({ context }) => context.triesLeft > 0 && context.result?.ending === 'too-many-people',
    hasReceipt: ({ context }) => context.recorded !== null,
  },
  delays: {
    /** A screen that waits for the visitor gives up after this. */
    idle: 30_000,
    uncovered: UNCOVERED_MS,
    covered: COVERED_MS,
    /** A thank-you stays this long. */
    thanks: 5_000,
    /** Saving takes milliseconds; a kiosk that cannot do it in this time rests. */
    stuck: 20_000,
    /** The camera shuts itself after 20 seconds; a look that is not over long after that waits for an answer that will not come. */
    lookStuck: 60_000,
    /** A kiosk that rests tries again by itself after this. */
    restingRetry: 15_000,
  },
}).createMachine({
  id: 'visit',
  initial: 'attract',
  context: freshVisit,
  states: {
    attract: {
      entry: [assign(freshVisit), 'settle'],
      on: {
        start: {
          target: 'choose',
          actions: assign(({ event: { notice, answerOrder } }) => ({ notice, answerOrder })),
        },
        'vision failed': 'resting',
        'storage failed': 'resting',
      },
    },
    choose: {
      after: { idle: { target: 'attract', actions: 'tallyLeft' } },
      on: {
        touched: { target: 'choose', reenter: true },
        language: { actions: assign({ notice: ({ event }) => event.notice }) },
        demographics: {
          guard: 'isAlone',
          actions: assign({ wantsDemographics: ({ event }) => event.wanted }),
        },
        details: 'notice',
        group: { guard: 'isFirst', target: 'group' },
        agree: { target: 'guardian', actions: 'agree' },
        decline: 'answeredNo',
      },
    },
    /** How many came together. Each of them is then asked alone, with the same two answers. */
    group: {
      after: { idle: { target: 'attract', actions: 'tallyLeft' } },
      on: {
        touched: { target: 'group', reenter: true },
        language: { actions: assign({ notice: ({ event }) => event.notice }) },
        people: {
          guard: 'isGroupSize',
          target: 'choose',
          actions: assign(({ context, event: { count } }) => ({
            people: count,
            wantsDemographics: count === 1 && context.wantsDemographics,
          })),
        },
        decline: 'answeredNo',
      },
    },
    /** The second layer, with the same two answers. */
    notice: {
      after: { idle: { target: 'attract', actions: 'tallyLeft' } },
      on: {
        touched: { target: 'notice', reenter: true },
        language: { actions: assign({ notice: ({ event }) => event.notice }) },
        demographics: {
          guard: 'isAlone',
          actions: assign({ wantsDemographics: ({ event }) => event.wanted }),
        },
        details: 'choose',
        agree: { target: 'guardian', actions: 'agree' },
        decline: 'answeredNo',
      },
    },
    guardian: {
      after: { idle: { target: 'attract', actions: 'tallyLeft' } },
      on: {
        touched: { target: 'guardian', reenter: true },
        // The yes that waits for this answer is to what was read before.
        language: { actions: assign({ nextNotice: ({ event }) => event.notice }) },
        older: { target: 'nextPerson', actions: { type: 'keepYes', params: { givenBy: 'visitor' } } },
        younger: { target: 'guardianOfChild', actions: 'readAnew' },
        decline: 'answeredNo',
      },
    },
    guardianOfChild: {
      after: { idle: { target: 'attract', actions: 'tallyLeft' } },
      on: {
        touched: { target: 'guardianOfChild', reenter: true },
        // The grown-up who was called reads all of it, in a language of their own.
        language: { actions: assign({ notice: ({ event }) => event.notice }) },
        back: 'guardian',
        agree: { target: 'nextPerson', actions: { type: 'keepYes', params: { givenBy: 'guardian' } } },
        decline: 'answeredNo',
      },
    },
    /** A no is one person's own: the others are still asked, and counted if they like. */
    answeredNo: {
      entry: 'tallyDeclined',
      always: 'nextPerson',
    },
    nextPerson: {
      always: [
        {
          guard: 'isSomebodyLeft',
          target: 'choose',
          actions: [
            assign({ person: ({ context }) => context.person + 1, wantsDemographics: false }),
            'readAnew',
          ],
        },
        { guard: 'hasYes', target: 'recording' },
        { target: 'declined' },
      ],
    },
    declined: {
      after: { thanks: 'attract' },
      on: { done: 'attract', 'storage failed': 'resting' },
    },
    recording: {
      entry: assign({ isSaving: false, result: null }),
      invoke: { src: 'record', input: ({ context }) => context },
      after: { stuck: fault },
      on: {
        saving: { actions: assign({ isSaving: true }) },
        recorded: { target: 'looking', actions: assign({ recorded: ({ event }) => event.recorded }) },
        'storage failed': fault,
        'vision failed': fault,
      },
    },
    looking: {
      entry: assign({ triesLeft: ({ context }) => context.triesLeft - 1, result: null, isStopping: false }),
      exit: assign({ camera: null }),
      invoke: { src: 'look', id: 'look', systemId: 'look', input: ({ context }) => context },
      after: { lookStuck: fault },
      on: {
        'camera opened': { actions: [assign({ camera: ({ event }) => event.camera }), 'placeWindow'] },
        // The look itself closes the camera at once and then says that it ended.
        stop: { actions: ['stopLook', assign({ isStopping: true })] },
        move: {
          actions: [
            assign({ place: ({ context, event }) => movedPlace(context.place, event.move) }),
            'placeWindow',
          ],
        },
        'look ended': { target: 'result', actions: assign({ result: ({ event }) => event.result }) },
        'storage failed': fault,
        'vision failed': fault,
      },
    },
    result: {
      // Who walked on without an answer is counted as was said, and the way to take it back is still shown.
      after: { uncovered: { guard: 'showsGuess', target: 'resultCovered' }, idle: 'receiptCovered' },
      on: {
        touched: { target: 'result', reenter: true },
        again: { guard: 'mayTryAgain', target: 'recording' },
        keep: 'receipt',
        delete: 'deleting',
      },
    },
    /** The same question, with the guess covered: who reads slowly still answers in peace. */
    resultCovered: {
      after: { idle: 'receiptCovered' },
      on: {
        touched: { target: 'resultCovered', reenter: true },
        show: 'result',
        keep: 'receipt',
        delete: 'deleting',
      },
    },
    deleting: {
      invoke: { src: 'delete', input: ({ context }) => context },
      after: { stuck: { target: 'receipt', actions: assign({ hasDeleteFailed: true }) } },
      on: {
        deleted: { target: 'receipt', actions: assign({ isDeleted: true }) },
        // Never a dead end: the receipt's own page can still take it back.
        'storage failed': { target: 'receipt', actions: assign({ hasDeleteFailed: true }) },
      },
    },
    receipt: {
      after: { uncovered: 'receiptCovered' },
      on: { touched: { target: 'receipt', reenter: true }, done: 'attract' },
    },
    /** The codes are covered: whoever comes next sees none, and the visitor who looks for a phone has them back with one tap. */
    receiptCovered: {
      after: { covered: 'attract' },
      on: { touched: { target: 'receiptCovered', reenter: true }, show: 'receiptLonger', done: 'attract' },
    },
    /** Who asked for longer has it, and is asked again after that. */
    receiptLonger: {
      after: { idle: 'receiptCovered' },
      on: { touched: { target: 'receiptLonger', reenter: true }, done: 'attract' },
    },
    resting: {
      entry: assign(freshVisit),
      after: { restingRetry: 'attract' },
    },
  },
});
