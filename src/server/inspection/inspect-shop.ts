import type { Inspection, InspectionPeriod, RefusalReason } from '#protocol';
import { type KioskId, type ShopId, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { noticesInForce } from '../notices.ts';
import { retentionAnswer } from '../retention/retention-answer.ts';
import { statusOf } from '../staff/today.ts';
import { inspectLedger } from './inspect-ledger.ts';
import { type LedgerFigures, LedgerReader, noLedgerFigures } from './ledger-figures.ts';
import { type Span, spanOf } from './period.ts';
import { type KioskFindings, problemsOf } from './problems.ts';
import type { Reading } from './read-records.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { readSoftware } from './software.ts';
import { countStrayLooks } from './stray-looks.ts';
import { inspectWithdrawals, lateWithdrawals } from './withdrawals.ts';

type Stores = Pick<ServerContext, 'db' | 'now'> & Reading;

/**
 * What the server holds of a shop, held against the promises. Covered seconds are computed from the ledgers themselves, entry by entry and
 * hash by hash, and not from the tables that were made of them; where the two differ, that is a finding.
 */
export async function inspectShop(
  context: Stores,
  shopId: ShopId,
  period: InspectionPeriod,
  billFile: string,
): Promise<Inspection> {
  const snapshot = await takeSnapshot(context, shopId);
  const { controller, shop, made } = snapshot;
  const span = spanOf(period, shop.timeZone);
  const figures = noLedgerFigures();
  const kiosks = await inspectKiosks(context, snapshot, span, figures);
  const { demographicsOfChild: _, noticeUnknown: __, byLanguage, ...receipts } = figures.receipts;
  const { tooSmall: ___, ...releases } = figures.releases;
  const { settings, lastRun, done, due } = await retentionAnswer(context, controller.id);
  return {
    controller: {
      id: controller.id,
      name: controller.name,
      contact: controller.contact,
      country: controller.country,
      regulator: controller.regulator,
      processors: (controller.processors ?? []).map(({ name }) => name),
      impactAssessmentUrl: controller.impactAssessmentUrl ?? null,
    },
    shop: { id: shop.id, name: shop.name, timeZone: shop.timeZone },
    ...period,
    asOf: toIso(made),
    problems: problemsOf(figures, kiosks, made),
    looks: figures.looks,
    receipts: { ...receipts, byLanguage: Object.fromEntries(byLanguage) },
    contributions: figures.contributions,
    tallies: await talliesOf(context, shopId, period),
    notices: await noticesOf(context, snapshot, figures),
    withdrawals: await inspectWithdrawals(context, shopId, span, figures.withdrawnInLedger),
    releases,
    kiosks: kiosks.map(({ kiosk, ledger, refusals }) => {
      const { id, name, pairedAt, lastSeen, condition } = statusOf(kiosk, made);
      const { entries, brokenAt, checkpoint } = ledger;
      return {
        id,
        name,
        pairedAt,
        lastSeen,
        condition,
        entries,
        isChainWhole: brokenAt === null,
        checkpoint,
        refusals,
      };
    }),
    retention: { settings, lastRun, done, due },
    software: await readSoftware(billFile),
  };
}

/** Adds every kiosk's ledger to the figures, and tells how each stands. */
async function inspectKiosks(
  context: Stores,
  { shop, notices, kiosks }: Snapshot,
  span: Span,
  figures: LedgerFigures,
): Promise<KioskFindings[]> {
  const published = new Set(notices.map(({ hash }) => hash));
  const late = await lateWithdrawals(context, shop.id);
  const refusals = await refusalsOf(context, shop.id, span);
  const findings: KioskFindings[] = [];
  for (const snapshot of kiosks) {
    const { kiosk } = snapshot;
    const reader = new LedgerReader(figures, span, published);
    const ledger = await inspectLedger(context, snapshot, reader);
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
    .select((select) => [
      select.fn.sum<number | null>('declined').as('declined'),
      select.fn.sum<number | null>('left_unanswered').as('left'),
    ])
    .where('kiosk.shop_id', '=', shopId)
    .where('hour', '>=', `${from}T00`)
    .where('hour', '<=', `${to}T23`)
    .executeTakeFirst();
  return { declined: Number(row?.declined ?? 0), left: Number(row?.left ?? 0) };
}

/** Notices that receipts of the period name, and those in force now. */
async function noticesOf(
  { db }: Stores,
  { shop, notices }: Snapshot,
  figures: LedgerFigures,
): Promise<Inspection['notices']> {
  const inForce = await noticesInForce(db, shop.id);
  return notices.flatMap(({ hash, notice: { version, language } }) => {
    const use = figures.notices.get(hash);
    const isInForce = shop.languages.includes(language) && inForce.get(language)?.version === version;
    if (use === undefined && !isInForce) return [];
    const { receipts = 0, firstUsed = null, lastUsed = null } = use ?? {};
    return [{ hash, version, language, isInForce, receipts, firstUsed, lastUsed }];
  });
}
