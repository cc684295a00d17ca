import { localHour } from '#counting';
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  instant,
  instantFromIso,
  type Outcome,
  type RandomBytes,
  type ReceiptId,
  randomId,
  toIso,
} from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, type StoredReceipt, type WriteTransaction, writeMeta } from './database.ts';
import { linkCutoff } from './link-cutoff.ts';

/** What the server has acknowledged stays as long as this, so that one put back to a backup of last month gets from here what it lacks. */
const KEEP_ACKNOWLEDGED_MS = 35 * DAY_MS;
const EVERY_MS = DAY_MS;
/** No clock of a shop is further ahead of UTC (tz database). */
const FURTHEST_ZONE_MS = 14 * HOUR_MS;
/** A visitor may come at any moment, and waits while this is written; what is left over goes the next time the kiosk is idle. */
const MAX_RECORDS_AT_ONCE = 2_000;

/**
 * At most once a day: cuts links that had their days and deletes what this tablet need not keep, all in one commit, so that its storage stays
 * flat. By a clock that nobody has confirmed it deletes nothing: what is gone does not come back when the clock is put right.
 */
export async function runRetention(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const now = core.clock.believed();
  if (now === null || !isDue(await readMeta(core.database, 'retentionRanAt'), now)) return { ok: true };
  const cutoffOf = (receipt: Pick<StoredReceipt, 'linkDays'>) => linkCutoff(core, now, receipt.linkDays);
  const keptSince = instant(now - KEEP_ACKNOWLEDGED_MS);
  let linksCut = 0;
  const committed = await commit(core.database, core, async ({ transaction, append }) => {
    const receipts = await transaction.objectStore('receipts').getAll();
    const cut = await cutLinks(transaction, receipts, cutoffOf);
    linksCut = cut.size;
    const deleted = await deleteReceipts(transaction, receipts, (receipt) =>
      instant(Math.min(cutoffOf(receipt), keptSince)),
    );
    await deleteCodes(transaction, deleted);
    const linked = receipts.filter(({ id, contribution }) => contribution === 'counted' && !cut.has(id));
    await deleteReleasedAnswers(transaction, new Set(linked.map(({ id }) => id)));
    await cutAnswersLoose(transaction, cut, core.random);
    await deleteTallies(transaction, keptSince, core.config().shop.timeZone);
    const hasDeletedAll = await deleteRecords(transaction, keptSince);
    if (linksCut > 0) await append('retention-run', { cutoff: toIso(linkCutoff(core, now)), linksCut });
    if (hasDeletedAll) await writeMeta(transaction, 'retentionRanAt', now);
  });
  if (committed.ok && linksCut > 0) core.changed();
  return committed;
}

/** A last run that lies ahead was made by a clock that has been put right since. */
function isDue(ranAt: Instant | null, now: Instant): boolean {
  return ranAt === null || ranAt > now || now - ranAt >= EVERY_MS;
}

/** Forgets when a receipt counted. Gives the ones whose link is cut now. */
async function cutLinks(
  transaction: WriteTransaction,
  receipts: readonly StoredReceipt[],
  cutoffOf: (receipt: StoredReceipt) => Instant,
): Promise<ReadonlySet<ReceiptId>> {
  const cut = new Set<ReceiptId>();
  for (const whole of receipts) {
    const { countedAt, ...receipt } = whole;
    if (countedAt === undefined || countedAt > cutoffOf(whole)) continue;
    const contribution = receipt.contribution === 'counted' ? 'cut' : receipt.contribution;
    await transaction.objectStore('receipts').put({ ...receipt, contribution });
    cut.add(receipt.id);
  }
  return cut;
}

/** The receipt itself is with the server and with the visitor; what this tablet knows of it is needed for a look and a withdrawal alone. */
async function deleteReceipts(
  transaction: WriteTransaction,
  receipts: readonly StoredReceipt[],
  cutoffOf: (receipt: StoredReceipt) => Instant,
): Promise<ReadonlySet<ReceiptId>> {
  const deleted = new Set<ReceiptId>();
  const looking = new Set((await readMeta(transaction, 'openLook'))?.receiptIds);
  for (const receipt of receipts) {
    const { id, issuedAt, countedAt } = receipt;
    const cutoff = cutoffOf(receipt);
    const isLinked = countedAt !== undefined && countedAt > cutoff;
    if (issuedAt > cutoff || isLinked || looking.has(id)) continue;
    await transaction.objectStore('receipts').delete(id);
    deleted.add(id);
  }
  return deleted;
}

/** A code takes back a receipt of this tablet; without it there is nothing that it could find. */
async function deleteCodes(transaction: WriteTransaction, deleted: ReadonlySet<ReceiptId>): Promise<void> {
  if (deleted.size === 0) return;
  const store = transaction.objectStore('codes');
  for (const { hash, receiptId } of await store.getAll()) {
    if (deleted.has(receiptId)) await store.delete(hash);
  }
}

/** What was released of somebody whose link is cut can be taken out no more. What still waits, waits: nothing forces a small release. */
async function deleteReleasedAnswers(
  transaction: WriteTransaction,
  linked: ReadonlySet<ReceiptId>,
): Promise<void> {
  const store = transaction.objectStore('answers');
  for (const { receiptId, state } of await store.getAll()) {
    if (state === 'released' && !linked.has(receiptId)) await store.delete(receiptId);
  }
}

/**
 * An age and gender that still waits, to go out or to be taken out again, goes on waiting: nothing forces a small release. With the link whose it
 * is goes as well: from then on it has a name that was drawn and names nobody.
 */
async function cutAnswersLoose(
  transaction: WriteTransaction,
  cut: ReadonlySet<ReceiptId>,
  random: RandomBytes,
): Promise<void> {
  const store = transaction.objectStore('answers');
  for (const answer of await store.getAll()) {
    if (!cut.has(answer.receiptId) || answer.state === 'released') continue;
    await store.delete(answer.receiptId);
    await store.put({ ...answer, receiptId: randomId<ReceiptId>(random) });
  }
}

/**
 * Hours whose last word is in the ledger. The end of the last one is noted: no clock that is turned back may open one of them again. It is their end and not
 * the day of this run, which lies weeks ahead where the clock does.
 */
async function deleteTallies(
  transaction: WriteTransaction,
  keptSince: Instant,
  timeZone: string,
): Promise<void> {
  const firstHour = localHour(keptSince, timeZone);
  const store = transaction.objectStore('tallies');
  const gone = (await store.getAll()).filter(({ hour, closed }) => closed && hour < firstHour);
  for (const { hour } of gone) await store.delete(hour);
  const newest = gone
    .map(({ hour }) => hour)
    .sort()
    .at(-1);
  if (newest === undefined) return;
  const before = (await readMeta(transaction, 'talliesKeptSince')) ?? 0;
  await writeMeta(transaction, 'talliesKeptSince', instant(Math.max(before, endOf(newest, timeZone))));
}

/** A time at which an hour of the shop's clock is just over, within an hour. */
function endOf(hour: string, timeZone: string): Instant {
  let time = instant(Math.max(0, Date.parse(`${hour}:00Z`) - FURTHEST_ZONE_MS));
  while (localHour(time, timeZone) <= hour) time = instant(time + HOUR_MS);
  return time;
}

/** The oldest records that the server has, but never the newest that it has: the next ones join on to it. False where some are left to do. */
async function deleteRecords(transaction: WriteTransaction, keptSince: Instant): Promise<boolean> {
  const acknowledged = (await readMeta(transaction, 'acknowledged'))?.seq ?? 0;
  const before = (await readMeta(transaction, 'firstKept')) ?? 0;
  const store = transaction.objectStore('entries');
  let first = before;
  while (first < acknowledged && first - before < MAX_RECORDS_AT_ONCE) {
    const record = await store.get(first);
    const time = record === undefined ? null : instantFromIso(record.entry.time);
    if (time === null || time > keptSince) break;
    await store.delete(first);
    first += 1;
  }
  if (first > before) await writeMeta(transaction, 'firstKept', first);
  return first - before < MAX_RECORDS_AT_ONCE;
}
