import type { RandomBytes, ReceiptId } from '#values';
import type { Cell } from './bands.ts';
import { chooseSome, fraction } from './chance.ts';

/** No release speaks of fewer people than this. */
export const K_MIN = 10;
/** A release waits for between 2k and 3k people, so that of those who wait as many stay as go: nobody can tell who went. */
const LEAST_WAITING = 2;
/** In each release as many people as this differ from the most frequent gender, and from the most frequent band. */
const MIN_OTHERS = 2;
/** How often k people are drawn anew where those drawn were too much alike. After that the release waits for other people. */
const MAX_DRAWS = 32;

/** One person's age and gender, and the k that the person was promised. */
export interface WaitingAnswer {
  readonly cell: Cell;
  readonly promised: number;
}

/**
 * What waits on the tablet until a release may go: whom to add, and whom to take out of numbers already released.
 * This is the only place where a receipt and an age band stand side by side, and it never leaves the tablet.
 */
export interface PendingRelease {
  readonly add: ReadonlyMap<ReceiptId, WaitingAnswer>;
  readonly subtract: ReadonlyMap<ReceiptId, WaitingAnswer>;
  /** Released already, kept so that a withdrawal can take the person out again. */
  readonly released: ReadonlyMap<ReceiptId, WaitingAnswer>;
  /** Where between 2k and 3k the next release waits: from 0 to 1, drawn anew after each and never shown. */
  readonly patience: number;
}

export interface ReleaseChange {
  readonly people: number;
  readonly change: { readonly [cell: string]: number };
}

export function emptyPending(random: RandomBytes): PendingRelease {
  return { add: new Map(), subtract: new Map(), released: new Map(), patience: fraction(random) };
}

/** A person's answer joins those that wait, with the k that its receipt's notice promised. */
export function waitFor(
  pending: PendingRelease,
  receiptId: ReceiptId,
  answer: WaitingAnswer,
): PendingRelease {
  return { ...pending, add: new Map(pending.add).set(receiptId, answer) };
}

/** A withdrawal: before the release the person simply goes; after it, a later release will subtract. */
export function takeOut(pending: PendingRelease, receiptId: ReceiptId): PendingRelease {
  const releasedAnswer = pending.released.get(receiptId);
  if (releasedAnswer === undefined) return { ...pending, add: without(pending.add, [receiptId]) };
  return {
    ...pending,
    released: without(pending.released, [receiptId]),
    subtract: new Map(pending.subtract).set(receiptId, releasedAnswer),
  };
}

/**
 * The release that may go now, or null: exactly k people, drawn from at least 2k who wait. Neither its size nor its moment tells of anybody:
 * both go by how many wait, all withdrawals taken off, and never by what they answered, but that people too much alike are not released.
 */
export function release(
  pending: PendingRelease,
  random: RandomBytes,
): { readonly change: ReleaseChange; readonly pending: PendingRelease } | null {
  const k = largestPromise(pending.add.values());
  if (pending.add.size - pending.subtract.size < peopleToWaitFor(k, pending.patience)) return null;
  // Drawn before anything that goes by people's answers, so that it cannot depend on them.
  const patience = fraction(random);
  const { covered, covering } = coverWithdrawals(pending);
  const drawn = drawUnlike(without(pending.add, covering.keys()), k, random);
  if (drawn === null) return null;
  return {
    change: { people: k, change: changeOf(drawn.values()) },
    pending: {
      add: without(pending.add, [...covering.keys(), ...drawn.keys()]),
      subtract: without(pending.subtract, covered),
      released: new Map([...pending.released, ...covering, ...drawn]),
      patience,
    },
  };
}

/** A promise holds, also where the setting was lowered since. */
function largestPromise(answers: Iterable<WaitingAnswer>): number {
  let k = K_MIN;
  for (const { promised } of answers) k = Math.max(k, promised);
  return k;
}

function peopleToWaitFor(k: number, patience: number): number {
  return LEAST_WAITING * k + Math.floor(patience * (k + 1));
}

/**
 * A cell that went down would show what somebody who withdrew had been counted as. So each withdrawal waits for a person of its own cell,
 * who takes the place of the one who withdrew: the sums then hold the one and not the other, and nothing of it shows.
 */
function coverWithdrawals({ add, subtract }: PendingRelease) {
  const covered: ReceiptId[] = [];
  const covering = new Map<ReceiptId, WaitingAnswer>();
  const free = Map.groupBy(add, ([, { cell }]) => cell);
  for (const [receiptId, { cell }] of subtract) {
    const taker = free.get(cell)?.shift();
    if (taker === undefined) continue;
    covered.push(receiptId);
    covering.set(...taker);
  }
  return { covered, covering };
}

/** k of those who wait, drawn until they are not all but alike; null where that does not come about. */
function drawUnlike(
  waiting: ReadonlyMap<ReceiptId, WaitingAnswer>,
  k: number,
  random: RandomBytes,
): ReadonlyMap<ReceiptId, WaitingAnswer> | null {
  const all = [...waiting];
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const drawn = chooseSome(all, k, random);
    if (isDiverse(drawn.map(([, { cell }]) => cell))) return new Map(drawn);
  }
  return null;
}

/** Where all were of one gender or band, the receipt of each of them would tell it. */
function isDiverse(cells: readonly Cell[]): boolean {
  const parts = cells.map((cell) => cell.split('/'));
  return [0, 1].every((part) => {
    const most = Math.max(...countEach(parts.map((names) => names[part] ?? '')).values());
    return cells.length - most >= MIN_OTHERS;
  });
}

function changeOf(answers: Iterable<WaitingAnswer>): ReleaseChange['change'] {
  const gains = countEach(Array.from(answers, ({ cell }) => cell));
  return Object.fromEntries([...gains].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function countEach<Item>(items: readonly Item[]): Map<Item, number> {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function without<Value>(map: ReadonlyMap<ReceiptId, Value>, ids: Iterable<ReceiptId>): Map<ReceiptId, Value> {
  const gone = new Set(ids);
  return new Map([...map].filter(([id]) => !gone.has(id)));
}
