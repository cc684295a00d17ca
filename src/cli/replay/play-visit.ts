import type { LookEnding } from '#ledger';
import { type Instant, instant, type LookId, type ReceiptId, randomId, SECOND_MS } from '#values';
import { deviceRandom } from './device.ts';
import type { PlannedVisit } from './plan-day.ts';
import type { DraftReceipt } from './receipts.ts';
import type { TabletLedger } from './tablet-ledger.ts';

/** A visit takes at most this long when nobody hurries; where the next one comes sooner, everything goes quicker. */
const LONGEST_VISIT_MS = 38 * SECOND_MS;
/** From the beginning, as a visit goes: the camera opens, closes, opens again, closes again, "Delete this". */
const STEPS_MS = {
  opened: 1.2 * SECOND_MS,
  closed: 6.4 * SECOND_MS,
  openedAgain: 13 * SECOND_MS,
  closedAgain: 18.5 * SECOND_MS,
  deleted: 27 * SECOND_MS,
  over: LONGEST_VISIT_MS,
} as const;
/** Opening and closing a camera takes time in which it shows nothing. */
const CAMERA_LAG_MS = 800;

const FRAMES: Readonly<Partial<Record<LookEnding, { readonly seen: number; readonly refused: number }>>> = {
  counted: { seen: 4, refused: 0 },
  nobody: { seen: 12, refused: 0 },
  undecided: { seen: 12, refused: 1 },
  'too-many-people': { seen: 3, refused: 2 },
  stopped: { seen: 2, refused: 0 },
};
const NO_FRAMES = { seen: 0, refused: 0 };

/** When the visit's steps come, squeezed into the time until the next visit. */
export function stepsOf(
  { spaceMs }: PlannedVisit,
  startedAt: Instant,
): Record<keyof typeof STEPS_MS, Instant> {
  const pace = Math.min(1, spaceMs / LONGEST_VISIT_MS);
  const at = (step: keyof typeof STEPS_MS): Instant => instant(startedAt + STEPS_MS[step] * pace);
  return {
    opened: at('opened'),
    closed: at('closed'),
    openedAgain: at('openedAgain'),
    closedAgain: at('closedAgain'),
    deleted: at('deleted'),
    over: at('over'),
  };
}

/** Writes what a tablet writes in one visit, in its order, up to what was counted. */
export async function playVisit(
  ledger: TabletLedger,
  visit: PlannedVisit,
  { entryBody }: DraftReceipt,
  startedAt: Instant,
): Promise<void> {
  const { receiptId } = entryBody;
  const steps = stepsOf(visit, startedAt);
  const moments = [
    { opened: steps.opened, closed: steps.closed },
    { opened: steps.openedAgain, closed: steps.closedAgain },
  ];
  await ledger.append('receipt-issued', entryBody, startedAt);
  for (const [index, ending] of visit.looks.entries()) {
    const { opened, closed } = moments[index] ?? { opened: steps.over, closed: steps.over };
    await playLook(ledger, receiptId, ending, opened, closed);
  }
}

async function playLook(
  ledger: TabletLedger,
  receiptId: ReceiptId,
  ending: LookEnding,
  opened: Instant,
  closed: Instant,
): Promise<void> {
  const lookId: LookId = randomId(deviceRandom);
  const receiptIds = [receiptId];
  const { seen, refused } = FRAMES[ending] ?? NO_FRAMES;
  await ledger.append('look-opened', { lookId, receiptIds }, opened);
  await ledger.append(
    'look-closed',
    {
      lookId,
      receiptIds,
      ending,
      // A tablet that lost its power cannot know how long the camera was open.
      openMs: ending === 'interrupted' ? null : Math.max(0, closed - opened - CAMERA_LAG_MS),
      framesSeen: seen,
      framesRefused: refused,
    },
    closed,
  );
  if (ending === 'counted') {
    await ledger.append('contribution-recorded', { lookId, receiptId, headcount: 1 }, closed);
  }
}
