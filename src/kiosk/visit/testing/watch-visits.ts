import {
  createActor,
  createMachine,
  type EventObject,
  fromCallback,
  SimulatedClock,
  type StateValueFrom,
} from 'xstate';
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph';
import type { OpenCamera } from '#camera';
import type { Grant, Notice } from '#consent';
import type { Demographics } from '#counting';
import type { LookEnding } from '#ledger';
import type { IssuedReceipt } from '#tablet';
import { MOST_PEOPLE, purposesOf, type Visit, type VisitEvent, visitMachine } from '../machine.ts';

export type VisitMachine = typeof visitMachine;
type State = StateValueFrom<VisitMachine>;
/** What can happen in a test: an event, or that nobody does anything for a while. */
export type Happening = VisitEvent | { readonly type: 'wait'; readonly ms: number };

const delays = visitMachine.implementations.delays as Record<string, number>;
export const idleMs = delays.idle ?? Number.NaN;
export const uncoveredMs = delays.uncovered ?? Number.NaN;
export const coveredMs = delays.covered ?? Number.NaN;
const longestDelayMs = Math.max(...Object.values(delays));
/** More changes than time alone can bring about before a visit is over. */
const MAX_TIMEOUTS = 6;

const notice = { id: 'counting', language: 'en' } as Notice;
const otherNotice = { id: 'counting', language: 'zh-Hans' } as Notice;
const camera = { placeWindow: () => undefined } as unknown as OpenCamera;
const lookEnded = (
  ending: LookEnding,
  headcount = 0,
  demographics: Demographics | null = null,
): VisitEvent => ({
  type: 'look ended',
  result: { ending, headcount, demographics },
});

/** Taps and keys: whoever stands there can send them at any time. */
export const taps: readonly VisitEvent[] = [
  { type: 'start', notice, answerOrder: 'yes-first' },
  { type: 'language', notice: otherNotice },
  { type: 'details' },
  { type: 'group' },
  { type: 'people', count: 2 },
  { type: 'people', count: 9 },
  { type: 'demographics', wanted: true },
  { type: 'demographics', wanted: false },
  { type: 'agree' },
  { type: 'decline' },
  { type: 'older' },
  { type: 'younger' },
  { type: 'back' },
  { type: 'stop' },
  { type: 'move', move: 'up' },
  { type: 'move', move: 'smaller' },
  { type: 'again' },
  { type: 'keep' },
  { type: 'delete' },
  { type: 'done' },
  { type: 'show' },
  { type: 'touched' },
];
/** What the tablet itself says. `recorded` is filled in by the fake that commits. */
export const news: readonly VisitEvent[] = [
  { type: 'saving' },
  { type: 'recorded', recorded: { grant: {} as Grant, receipts: [] } },
  { type: 'camera opened', camera },
  lookEnded('counted', 1),
  lookEnded('counted', 1, { band: '25-39', gender: 'female' }),
  lookEnded('too-many-people'),
  lookEnded('nobody'),
  { type: 'deleted' },
  { type: 'storage failed' },
  { type: 'vision failed' },
];
/** Which actor alone can say a thing. The two failures can come from anywhere. */
const speakers = {
  saving: 'record',
  recorded: 'record',
  'camera opened': 'look',
  'look ended': 'look',
  deleted: 'delete',
} as const;

/** What every visit keeps to, whatever happens. */
export const sentences = {
  receiptFirst: 'has no camera and no look without a receipt that was committed',
  onePerGrant: 'starts a look only for a grant that nothing was looked at with',
  closes: 'ends the look, however it is left, and has no camera anywhere else',
  noIsNo: 'takes a no at any question for a no: one tally, and nothing is recorded of who said it',
  aloneIsAsked: 'asks each of a group alone: nobody is counted or left out for what another said',
  silenceIsNo: 'takes silence at any question for a no: back to the start, and one tally of who left',
  wholeYes: 'records nobody before that person answered every question with yes',
  child: 'never asks for age and gender of a child, of a group, nor of who did not tick it',
  retry: 'looks a second time only after too many people, and with the receipts of the first',
  oneTally: 'adds one tally for each person at most, and none for who was recorded',
  covers:
    'shows no code and no guess ten seconds after the last touch but to who asked for longer, and leaves twenty more to ask',
  keepsReceipt: 'is over for nobody who was recorded before the receipt was on the screen',
  forgets: 'remembers nothing of a visit when it is over',
  noTrap: 'waits for nobody for ever',
} as const;
export type Promised = keyof typeof sentences;

const QUESTIONS: readonly State[] = ['choose', 'notice', 'group', 'guardian', 'guardianOfChild'];

/** What covers a screen that shows something of the visitor alone, and what uncovers it. */
const COVER: Partial<Record<State, State>> = { receipt: 'receiptCovered', result: 'resultCovered' };
const UNCOVER: Partial<Record<State, State>> = { receiptCovered: 'receiptLonger', resultCovered: 'result' };
const RECEIPT: readonly State[] = ['receipt', 'receiptCovered', 'receiptLonger'];
const isUncovered = (state: State, { result }: Visit): boolean =>
  state === 'receipt' || (state === 'result' && (result?.demographics ?? null) !== null);

/** What one person said. */
interface Person {
  agreed: boolean;
  isChild: boolean;
  guardianAgreed: boolean;
  older: boolean;
  saidNo: boolean;
  wants: boolean;
}

const newcomer = (): Person => ({
  agreed: false,
  isChild: false,
  guardianAgreed: false,
  older: false,
  saidNo: false,
  wants: false,
});
const saidYes = ({ agreed, isChild, guardianAgreed, older }: Person): boolean =>
  agreed && (isChild ? guardianAgreed : older);

/** What is known of the visit that runs, from what was tapped and not from the machine. */
interface Heard {
  /** Everybody who was asked so far; the last is asked now. */
  asked: [Person, ...Person[]];
  people: number;
  committed: { readonly grant: Grant; readonly receipts: readonly IssuedReceipt[] }[];
  looks: number;
  tallies: number;
  lastEnding: LookEnding | null;
  hasSeenReceipt: boolean;
}

const nothingHeard = (): Heard => ({
  asked: [newcomer()],
  people: 1,
  committed: [],
  looks: 0,
  tallies: 0,
  lastEnding: null,
  hasSeenReceipt: false,
});

/** The promises that a machine breaks where this happens to it. */
export function brokenBy(machine: VisitMachine, happenings: readonly Happening[]): Set<Promised> {
  return play(machine, happenings).broken;
}

/** Plays happenings to a machine with fakes for the world: where it is then, and what it broke by the time that nobody is left. */
export function play(machine: VisitMachine, happenings: readonly Happening[]) {
  const broken = new Set<Promised>();
  const expect = (promised: Promised, holds: boolean): void => {
    if (!holds) broken.add(promised);
  };
  const running = new Map<string, (event: VisitEvent) => void>();
  const tallies = { declined: 0, left: 0 };
  let heard = nothingHeard();
  let receiptsIssued = 0;

  const actor = (name: string, onStart: (visit: Visit) => void) =>
    fromCallback<EventObject, Visit>(({ input, sendBack }) => {
      onStart(input);
      running.set(name, sendBack);
      return () => {
        running.delete(name);
      };
    });
  const onRecord = (visit: Visit): void => {
    const yeses = heard.asked.filter(saidYes);
    const noes = heard.asked.filter(({ saidNo }) => saidNo);
    expect('wholeYes', yeses.length === visit.yeses.length && yeses.length > 0 && visit.notice !== null);
    expect(
      'noIsNo',
      heard.asked.every((person) => !(person.saidNo && saidYes(person))),
    );
    expect('aloneIsAsked', yeses.length + noes.length === heard.people);
    expect('oneTally', heard.tallies === noes.length);
    for (const [index, yes] of visit.yeses.entries()) {
      const person = yeses[index];
      if (person === undefined) break;
      expect('child', (yes.givenBy === 'guardian') === person.isChild);
      const isAsked = person.wants && !person.isChild && heard.people === 1;
      expect('child', purposesOf(yes).includes('demographics') === isAsked);
    }
    const before = heard.committed.at(-1) ?? null;
    expect('retry', visit.recorded === before);
    expect('retry', before === null || heard.lastEnding === 'too-many-people');
  };
  const onLook = (visit: Visit): void => {
    heard.looks += 1;
    expect('receiptFirst', visit.recorded !== null && visit.recorded === heard.committed.at(-1));
    expect('onePerGrant', heard.looks === heard.committed.length);
    expect('retry', heard.looks <= 2 && visit.recorded?.receipts === heard.committed[0]?.receipts);
  };
  const tally = (kind: 'declined' | 'left') => () => {
    tallies[kind] += 1;
    heard.tallies += 1;
  };

  const clock = new SimulatedClock();
  /** How long nobody has touched the screen. */
  let quietMs = 0;
  const visit = createActor(
    machine.provide({
      actors: {
        record: actor('record', onRecord),
        look: actor('look', onLook),
        delete: actor('delete', () => undefined),
      },
      actions: { tallyDeclined: tally('declined'), tallyLeft: tally('left') },
    }),
    { clock },
  );
  visit.start();
  const fresh = visit.getSnapshot().context;

  function happen(happening: Happening): void {
    if (happening.type === 'wait') clock.increment(happening.ms);
    else if (Object.hasOwn(speakers, happening.type)) {
      const say = running.get(speakers[happening.type as keyof typeof speakers]);
      if (say !== undefined) say(happening.type === 'recorded' ? commit() : happening);
    } else visit.send(happening);
  }

  function commit(): VisitEvent {
    const receipts =
      heard.committed[0]?.receipts ??
      heard.asked.filter(saidYes).map(() => ({ id: `receipt-${receiptsIssued++}` }) as IssuedReceipt);
    const recorded = { grant: {} as Grant, receipts };
    heard.committed.push(recorded);
    return { type: 'recorded', recorded };
  }

  /** Notes what a tap means to whoever tapped it, before the machine hears of it. */
  function hear(state: State, { type, ...rest }: Happening): void {
    const isQuestion = QUESTIONS.includes(state);
    const isChoice = state === 'choose' || state === 'notice';
    if ('result' in rest && running.has('look')) heard.lastEnding = rest.result.ending;
    if (type === 'people' && state === 'group' && 'count' in rest && rest.count <= MOST_PEOPLE)
      heard.people = rest.count;
    if (!isQuestion) return;
    const last = heard.asked[heard.asked.length - 1];
    const isDone = last === undefined || last.saidNo || saidYes(last);
    const person = isDone ? newcomer() : last;
    if (isDone) heard.asked.push(person);
    if (type === 'agree' && isChoice) person.agreed = true;
    if (type === 'agree' && state === 'guardianOfChild') person.guardianAgreed = true;
    if (type === 'older' && state === 'guardian') person.older = true;
    if (type === 'younger' && state === 'guardian') person.isChild = true;
    if (type === 'back' && state === 'guardianOfChild') person.isChild = false;
    if (type === 'decline') person.saidNo = true;
    if (type === 'demographics' && isChoice && 'wanted' in rest) person.wants = rest.wanted;
  }

  function step(happening: Happening): void {
    const { value: state, context: known } = visit.getSnapshot();
    const before = { ...tallies };
    if (happening.type === 'wait') quietMs += happening.ms;
    if (happening.type === 'touched') quietMs = 0;
    hear(state, happening);
    happen(happening);
    const { value, context } = visit.getSnapshot();
    const isLooking = value === 'looking';
    expect('receiptFirst', (context.camera === null && !running.has('look')) || context.recorded !== null);
    expect('closes', running.has('look') === isLooking && (isLooking || context.camera === null));
    expect('oneTally', heard.tallies + (heard.committed[0]?.receipts.length ?? 0) <= heard.people);
    if (QUESTIONS.includes(state) && happening.type === 'decline') {
      const isLast = heard.asked.length === heard.people;
      const onward = isLast ? (heard.asked.some(saidYes) ? 'recording' : 'declined') : 'choose';
      expect('noIsNo', value === onward && tallies.declined === before.declined + 1);
      expect('aloneIsAsked', value === onward);
    }
    if (QUESTIONS.includes(state) && happening.type === 'wait' && happening.ms >= idleMs) {
      expect('silenceIsNo', value === 'attract' && tallies.left === before.left + 1);
    }
    if (isUncovered(state, known) && quietMs >= uncoveredMs) expect('covers', value === COVER[state]);
    if (state === 'receiptCovered' && value === 'attract' && happening.type === 'wait')
      expect('covers', quietMs >= coveredMs);
    if (happening.type === 'show') expect('covers', value === (UNCOVER[state] ?? state));
    if (value !== state) quietMs = 0;
    if (RECEIPT.includes(value)) heard.hasSeenReceipt = true;
    if (value !== 'attract' && value !== 'resting') return;
    expect('keepsReceipt', heard.committed.length === 0 || heard.hasSeenReceipt);
    expect('forgets', JSON.stringify(context) === JSON.stringify(fresh));
    heard = nothingHeard();
  }

  for (const happening of happenings) step(happening);
  const state = visit.getSnapshot().value;
  for (let timeout = 0; timeout < MAX_TIMEOUTS; timeout += 1) step({ type: 'wait', ms: longestDelayMs });
  expect('noTrap', visit.getSnapshot().value === 'attract');
  visit.stop();
  expect('closes', running.size === 0);
  return { broken, state };
}

/** The graph tools follow events alone, so they get the machine without its actors; the paths are then played with them. */
function bare(machine: VisitMachine) {
  const { states = {}, ...config } = machine.config;
  const withoutActors = Object.entries(states).map(([name, { invoke: _, ...state }]) => [name, state]);
  return createMachine(
    { ...config, states: Object.fromEntries(withoutActors) } as never,
    machine.implementations as never,
  ) as unknown as VisitMachine;
}

/** Once everybody was asked, who said what makes no difference to where a visit can go. */
const ANSWERED: readonly State[] = [
  'recording',
  'looking',
  'result',
  'resultCovered',
  'deleting',
  'receipt',
  'receiptCovered',
  'receiptLonger',
];

/** What of a visit makes a difference to where it can go. */
function serializeState({ value, context }: { readonly value: unknown; readonly context: Visit }): string {
  const {
    notice: shown,
    recorded,
    camera: open,
    place: _place,
    isSaving: _saving,
    isStopping: _stopping,
    people,
    person,
    wantsDemographics,
    yeses,
    ...known
  } = context;
  const said = ANSWERED.some((state) => state === value) ? null : [people, person, wantsDemographics, yeses];
  return JSON.stringify([value, shown !== null, recorded !== null, open !== null, said, known]);
}

/** One way to every state that differs in what a visit knows, and from each every single event: all that the statechart can do. */
export function allPaths(machine: VisitMachine): readonly (readonly Happening[])[] {
  const logic = bare(machine);
  const events = ({ value }: { readonly value: State }) => [...taps, ...news, ...timeoutsOf(logic, value)];
  const options = { events, serializeState };
  const onwardFrom = new Map(Object.entries(getAdjacencyMap(logic, options)));
  return getShortestPaths(logic, options).flatMap(({ state, steps }): Happening[][] => {
    const path = steps.slice(1).map(({ event }) => happeningOf(event));
    const onward = Object.values<{ readonly event: EventObject }>(
      onwardFrom.get(serializeState(state))?.transitions ?? {},
    );
    return onward.map(({ event }) => [...path, happeningOf(event)]);
  });
}

/** What comes by itself in a state where nobody does anything. */
function timeoutsOf({ states }: VisitMachine, state: State): VisitEvent[] {
  return (states[state]?.after ?? []).map(({ eventType }) => ({ type: eventType }) as unknown as VisitEvent);
}

/** A timeout is an event to the graph tools, `xstate.after.idle.visit.choose`, and a time to wait for everybody else. */
function happeningOf(event: EventObject): Happening {
  const [, delay] = /^xstate\.after\.(\w+)\./.exec(event.type) ?? [];
  return delay === undefined ? (event as VisitEvent) : { type: 'wait', ms: delays[delay] ?? Number.NaN };
}

/** A machine that differs from ours in one place. */
export function changed(
  change: (states: Record<string, Record<string, unknown>>) => Record<string, Record<string, unknown>>,
): VisitMachine {
  const { states, ...config } = visitMachine.config;
  const changedStates = change(states as unknown as Record<string, Record<string, unknown>>);
  return createMachine(
    { ...config, states: { ...states, ...changedStates } } as never,
    visitMachine.implementations as never,
  ) as unknown as VisitMachine;
}
