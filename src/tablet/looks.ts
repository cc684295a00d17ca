import { type Cell, cellOf, type Demographics } from '#counting';
import type { LookEnding } from '#ledger';
import { type Instant, instantFromIso, type LookId, type Outcome, type ReceiptId, randomId } from '#values';
import { type Commit, commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, type WriteTransaction, writeMeta } from './database.ts';

/** Whoever checks a ledger lets a look be a second longer than its entries are apart. */
const UNSAID_SLIP_MS = 500;

/** A look that the ledger shows as open. */
export interface OpenedLook {
  readonly lookId: LookId;
  readonly receiptIds: readonly ReceiptId[];
}

/** How a look went, as the ledger will show it. */
export interface LookReport {
  readonly ending: LookEnding;
  readonly openMs: number;
  readonly framesSeen: number;
  readonly framesRefused: number;
  /** People counted; 0 unless the ending is `counted`. */
  readonly headcount: number;
  /** Given only by a visitor who said yes to `demographics`. */
  readonly demographics: Demographics | null;
}

/** `look-not-open`: it was closed already, by itself or as interrupted by a later one, and nothing more is written of it. */
export type CloseLookFault = StorageFault | 'look-not-open';

/**
 * Writes that the camera is about to open. On disk before it does, so that no camera second is without its entry. A look that was never
 * closed is closed first, so that the ledger never has two open.
 */
export async function openLook(
  core: TabletCore,
  receiptIds: readonly ReceiptId[],
): Promise<Outcome<{ readonly look: OpenedLook }, StorageFault>> {
  const look: OpenedLook = { lookId: randomId(core.random), receiptIds };
  const committed = await commit(core.database, core, async (work) => {
    await closeAsInterrupted(work);
    await work.append('look-opened', { lookId: look.lookId, receiptIds });
    await writeMeta(work.transaction, 'openLook', look);
  });
  return committed.ok ? { ok: true, look } : committed;
}

/** Writes how a look ended and, in the same transaction, what it counted: a lost power supply keeps both or neither. */
export async function closeLook(
  core: TabletCore,
  look: OpenedLook,
  report: LookReport,
): Promise<Outcome<object, CloseLookFault>> {
  const counted = look.receiptIds.slice(0, report.ending === 'counted' ? report.headcount : 0);
  let isOpen = false;
  const committed = await commit(core.database, core, async (work) => {
    isOpen = (await readMeta(work.transaction, 'openLook'))?.lookId === look.lookId;
    if (!isOpen) return;
    await noteSlippedClock(work, core, report.openMs);
    await work.append('look-closed', {
      lookId: look.lookId,
      receiptIds: look.receiptIds,
      ending: report.ending,
      openMs: Math.round(report.openMs),
      framesSeen: report.framesSeen,
      framesRefused: report.framesRefused,
    });
    const recorded: ReceiptId[] = [];
    for (const receiptId of counted) {
      if (await recordContribution(work, look.lookId, receiptId, core.now())) recorded.push(receiptId);
    }
    const [only] = recorded;
    if (report.demographics !== null && only !== undefined && counted.length === 1) {
      const cell: Cell = cellOf(report.demographics.band, report.demographics.gender);
      const promised = core.config().settings.releaseMin;
      await work.transaction.objectStore('answers').put({ receiptId: only, cell, promised, state: 'add' });
    }
    await work.transaction.objectStore('meta').delete('openLook');
  });
  if (!committed.ok) return committed;
  if (!isOpen) return { ok: false, reason: 'look-not-open' };
  core.changed();
  return { ok: true };
}

/**
 * A clock that was set back while the camera was open, by less than `append` looks for, makes the look longer than its entries are apart. The
 * ledger says so first, as it does of one that was turned further.
 */
async function noteSlippedClock(
  { transaction, append }: Commit,
  { now, clock }: TabletCore,
  openMs: number,
): Promise<void> {
  const openedAt = await timeOfOpening(transaction);
  const slippedMs = openedAt === null ? 0 : Math.round(openMs - (now() - openedAt));
  if (slippedMs <= UNSAID_SLIP_MS) return;
  const { offsetMs, uncertaintyMs } = clock.reading();
  await append('clock-changed', { offsetMs, uncertaintyMs: Math.max(uncertaintyMs ?? 0, slippedMs) });
}

/** When the newest look was opened, as its entry says: hardly anything is written while it is. */
async function timeOfOpening(transaction: WriteTransaction): Promise<Instant | null> {
  const entries = transaction.objectStore('entries');
  const head = await readMeta(transaction, 'head');
  for (let seq = head?.seq ?? -1; seq >= 0; seq -= 1) {
    const record = await entries.get(seq);
    if (record === undefined) return null;
    if (record.entry.kind === 'look-opened') return instantFromIso(record.entry.time);
  }
  return null;
}

/** A look that was open when the page ended is closed as interrupted, and counts nothing. */
export async function closeInterruptedLook(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  return commit(core.database, core, closeAsInterrupted);
}

/** The same within a commit that does more. */
export async function closeAsInterrupted({ transaction, append }: Commit): Promise<void> {
  const look = await readMeta(transaction, 'openLook');
  if (look === null) return;
  await append('look-closed', {
    ...look,
    ending: 'interrupted',
    openMs: null,
    framesSeen: 0,
    framesRefused: 0,
  });
  await transaction.objectStore('meta').delete('openLook');
}

/** Whether the receipt counts now. */
async function recordContribution(
  { transaction, append }: Commit,
  lookId: LookId,
  receiptId: ReceiptId,
  countedAt: Instant,
): Promise<boolean> {
  const receipt = await transaction.objectStore('receipts').get(receiptId);
  // A receipt taken back on the phone while the camera was open counts nothing any more.
  if (receipt === undefined || receipt.contribution !== 'none') return false;
  await append('contribution-recorded', { lookId, receiptId, headcount: 1 });
  await transaction.objectStore('receipts').put({ ...receipt, contribution: 'counted', countedAt });
  return true;
}
