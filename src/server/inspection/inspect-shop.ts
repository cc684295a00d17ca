import type { Inspection, InspectionPeriod, RefusalReason } from '#protocol';
import { type ControllerId, type KioskId, type ShopId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { inOneMoment } from '../database/one-moment.ts';
import { retentionAnswer } from '../retention/retention-answer.ts';
import { retentionLateSince } from '../retention/retention-late.ts';
import { statusOf } from '../staff/today.ts';
import { tallySum } from '../tally-sum.ts';
import { Overtaken } from './export-shop.ts';
import { beginExport } from './exports-underway.ts';
import { inspectLedger } from './inspect-ledger.ts';
import { type LedgerFigures, LedgerReader, noLedgerFigures } from './ledger-figures.ts';
import { notesOf } from './notes.ts';
import { type Span, spanOf } from './period.ts';
import { type KioskFindings, problemsOf } from './problems.ts';
import type { Reading } from './read-records.ts';
import { countDifferences, countStillCounted, readShownNumbers } from './shown-numbers.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { readSoftware, unknownNetworks } from './software.ts';
import { countStrayLooks } from './stray-looks.ts';
import { inspectWithdrawals, lateWithdrawals } from './withdrawals.ts';

const MAX_TRIES = 3;

type Stores = Pick<ServerContext, 'db' | 'now'> & Reading;

/**
 * What the server holds of a shop, held against the promises. Covered seconds are computed from the ledgers themselves, entry by entry and
 * hash by hash, and not from the tables that were made of them; where the two differ, that is a finding.
 */
export async function inspectShop(...asked: Parameters<typeof inspectOnce>): Promise<Inspection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await inspectOnce(...asked);
    } catch (error) {
      // Another server of the same database did not know that retention should wait.
      if (!(error instanceof Overtaken) || tries === MAX_TRIES) throw error;
    }
  }
}

async function inspectOnce(
  context: Stores,
  shopId: ShopId,
  period: InspectionPeriod,
  billFile: string,
): Promise<Inspection> {
  const { snapshot, shown } = await inOneMoment(context.db, async (db) => ({
    snapshot: await takeSnapshot({ db, now: context.now }, shopId),
    shown: await readShownNumbers(db, shopId),
  }));
  const { controller, shop, made } = snapshot;
  const span = spanOf(period, shop.timeZone);
  const figures = noLedgerFigures();
  // Where many files are being sent, retention waits for these, or we read once more.
  const endExport = beginExport(context.db, shopId, made);
  const kiosks = await inspectKiosks(context, snapshot, span, figures).finally(() => endExport?.());
  const stillCounted = await countStillCounted(context.db, figures.withdrawnInLedger);
  const { demographicsOfChild: _, noticeUnknown: __, byLanguage, ...receipts } = figures.receipts;
  const { tooSmall: ___, ...releases } = figures.releases;
  const { settings, lastRun, done, due, isChainWhole } = await retentionAnswer(context, controller.id);
  const software = await readSoftware(billFile);
  return {
    controller: {
      id: controller.id,
      name: controller.name,
      contact: controller.contact,
      country: controller.country,
      regulator: controller.regulator,
      jointWith: (controller.jointWith ?? []).map(({ name }) => name),
      processors: (controller.processors ?? []).map(({ name }) => name),
      impactAssessmentUrl: controller.impactAssessmentUrl ?? null,
    },
    ofController: await totalsOf(context, controller.id),
    shop: { id: shop.id, name: shop.name, timeZone: shop.timeZone },
    ...period,
    asOf: toIso(made),
    problems: problemsOf(
      {
        figures,
        numbersThatDiffer: countDifferences(shown, figures) + stillCounted,
        retentionLateSince: await retentionLateSince(context, controller.id),
        isRetentionLedgerWhole: isChainWhole,
        unknownNetworks: unknownNetworks(software),
        span,
      },
      kiosks,
      made,
    ),
    notes: notesOf(kiosks),
    looks: figures.looks,
    receipts: { ...receipts, byLanguage: Object.fromEntries(byLanguage) },
    contributions: figures.contributions,
    tallies: await talliesOf(context, shopId, period),
    notices: noticesOf(snapshot, figures),
    withdrawals: await inspectWithdrawals(context, shopId, span, figures.withdrawnInLedger),
    releases,
    kiosks: kiosks.map(({ kiosk, ledger, refusals }) => {
      const { id, name, pairedAt, lastSeen, condition } = statusOf(kiosk, made);
      const { entries, brokenAt, checkpoint, longestPause } = ledger;
      return {
        id,
        name,
        pairedAt,
        lastSeen,
        condition,
        entries,
        isChainWhole: brokenAt === null,
        checkpoint,
        longestPause:
          longestPause === null ? null : { from: toIso(longestPause.start), to: toIso(longestPause.end) },
        refusals,
      };
    }),
    retention: { settings, lastRun, done, due },
    software,
  };
}

/** Adds every kiosk's ledger to the figures, and tells how each stands. */
async function inspectKiosks(
  context: Stores,
  snapshot: Snapshot,
  span: Span,
  figures: LedgerFigures,
): Promise<KioskFindings[]> {
  const { shop, notices } = snapshot;
  const published = new Set(notices.map(({ hash }) => hash));
  const late = await lateWithdrawals(context, shop.id);
  const refusals = await refusalsOf(context, shop.id, span);
  const findings: KioskFindings[] = [];
  for (const ofKiosk of snapshot.kiosks) {
    const { kiosk } = ofKiosk;
    const { timeZone } = shop;
    const reader = new LedgerReader(figures, { kioskId: kiosk.id, span, timeZone, published });
    const ledger = await inspectLedger(context, snapshot, ofKiosk, reader);
    const strayLooks = await countStrayLooks(context, kiosk.id, reader, kiosk.head_seq);
    findings.push({
      kiosk,
      ledger,
      strayLooks,
      refusals: refusals.get(kiosk.id) ?? {},
      late: late.get(kiosk.id) ?? null,
    });
  }
  return findings;
}

async function refusalsOf(
  { db }: Stores,
  shopId: ShopId,
  span: Span,
): Promise<ReadonlyMap<KioskId, Partial<Record<RefusalReason, number>>>> {
  const rows = await db
    .selectFrom('refusal')
    .innerJoin('kiosk', 'kiosk.id', 'refusal.kiosk_id')
    .select((select) => ['refusal.kiosk_id', 'refusal.reason', select.fn.countAll<number>().as('count')])
    .where('kiosk.shop_id', '=', shopId)
    .where('refusal.refused_at', '>=', span.start)
    .where('refusal.refused_at', '<', span.end)
    .groupBy(['refusal.kiosk_id', 'refusal.reason'])
    .execute();
  const byKiosk = new Map<KioskId, Partial<Record<RefusalReason, number>>>();
  for (const { kiosk_id, reason, count } of rows) {
    byKiosk.set(kiosk_id, { ...byKiosk.get(kiosk_id), [reason]: Number(count) });
  }
  return byKiosk;
}

async function talliesOf(
  { db }: Stores,
  shopId: ShopId,
  { from, to }: InspectionPeriod,
): Promise<Inspection['tallies']> {
  const row = await db
    .selectFrom('tally')
    .innerJoin('kiosk', 'kiosk.id', 'tally.kiosk_id')
    .select([tallySum('declined').as('declined'), tallySum('left_unanswered').as('left')])
    .where('kiosk.shop_id', '=', shopId)
    .where('hour', '>=', `${from}T00`)
    .where('hour', '<=', `${to}T23`)
    .executeTakeFirst();
  return { declined: Number(row?.declined ?? 0), left: Number(row?.left ?? 0) };
}

/** A duty to file goes by all that a controller handles, and not by one shop or some days. */
async function totalsOf({ db }: Stores, controllerId: ControllerId): Promise<Inspection['ofController']> {
  const { shops } = await db
    .selectFrom('shop')
    .select((select) => select.fn.countAll<number>().as('shops'))
    .where('controller_id', '=', controllerId)
    .executeTakeFirstOrThrow();
  const { receipts } = await db
    .selectFrom('receipt')
    .innerJoin('shop', 'shop.id', 'receipt.shop_id')
    .select((select) => select.fn.countAll<number>().as('receipts'))
    .where('shop.controller_id', '=', controllerId)
    .executeTakeFirstOrThrow();
  return { shops: Number(shops), receiptsKept: Number(receipts) };
}

/** Notices that receipts of the period name, and those in force. */
function noticesOf({ shop, notices }: Snapshot, figures: LedgerFigures): Inspection['notices'] {
  const place = (language: string) => {
    const at = shop.languages.indexOf(language);
    return at === -1 ? shop.languages.length : at;
  };
  // As visitors find their languages; those that the shop gave up come last.
  const inOrder = notices.toSorted((a, b) => place(a.notice.language) - place(b.notice.language));
  return inOrder.flatMap(({ hash, notice: { version, language, texts }, isInForce }) => {
    const use = figures.notices.get(hash);
    if (use === undefined && !isInForce) return [];
    const { receipts = 0, firstUsed = null, lastUsed = null } = use ?? {};
    return [
      {
        hash,
        version,
        language,
        isInForce,
        receipts,
        firstUsed,
        lastUsed,
        texts: { ...texts, details: [...texts.details] },
      },
    ];
  });
}
