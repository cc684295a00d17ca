import type { ReceiptId } from '#values';
import type { Cell } from './bands.ts';

/** No release speaks of fewer people than this. */
export const K_MIN = 10;

/**
 * What waits on the tablet until a release may go: whom to add, and whom to take out of numbers already released.
 * This is the only place where a receipt and an age band stand side by side, and it never leaves the tablet.
 */
export interface PendingRelease {
  readonly add: ReadonlyMap<ReceiptId, Cell>;
  readonly subtract: ReadonlyMap<ReceiptId, Cell>;
  /** Released already, kept so that a withdrawal can take the person out again. */
  readonly released: ReadonlyMap<ReceiptId, Cell>;
}

export interface ReleaseChange {
  readonly people: number;
  readonly change: { readonly [cell: string]: number };
}

export function emptyPending(): PendingRelease {
  return { add: new Map(), subtract: new Map(), released: new Map() };
}

/** A person's answer joins those that wait. */
export function waitFor(pending: PendingRelease, receiptId: ReceiptId, cell: Cell): PendingRelease {
  return { ...pending, add: new Map(pending.add).set(receiptId, cell) };
}

/** A withdrawal: before the release the person simply goes; after it, a later release will subtract. */
export function takeOut(pending: PendingRelease, receiptId: ReceiptId): PendingRelease {
  const releasedCell = pending.released.get(receiptId);
  if (releasedCell === undefined) return { ...pending, add: without(pending.add, [receiptId]) };
  return {
    ...pending,
    released: without(pending.released, [receiptId]),
    subtract: new Map(pending.subtract).set(receiptId, releasedCell),
  };
}

/**
 * The release that may go now, or null. It changes at least `k` people's answers and no cell goes down: a cell that went
 * down would show what somebody who withdrew had been counted as, so a subtraction waits until its own cell gains as much.
 */
export function release(
  pending: PendingRelease,
  k: number,
): { readonly change: ReleaseChange; readonly pending: PendingRelease } | null {
  const gains = countByCell(pending.add.values());
  const covered: ReceiptId[] = [];
  for (const [receiptId, cell] of pending.subtract) {
    const gain = gains.get(cell) ?? 0;
    if (gain === 0) continue;
    gains.set(cell, gain - 1);
    covered.push(receiptId);
  }
  // Only people who are added count towards k, so that withdrawals cannot be used to force a small release.
  if (pending.add.size - covered.length < Math.max(k, K_MIN)) return null;
  const change = Object.fromEntries(
    [...gains].filter(([, gain]) => gain !== 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    change: { people: pending.add.size - covered.length, change },
    pending: {
      add: new Map(),
      subtract: without(pending.subtract, covered),
      released: new Map([...pending.released, ...pending.add]),
    },
  };
}

function countByCell(cells: Iterable<Cell>): Map<Cell, number> {
  const counts = new Map<Cell, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function without<Value>(
  map: ReadonlyMap<ReceiptId, Value>,
  ids: readonly ReceiptId[],
): Map<ReceiptId, Value> {
  const gone = new Set(ids);
  return new Map([...map].filter(([id]) => !gone.has(id)));
}
