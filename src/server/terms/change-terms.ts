import {
  type RefusalReason,
  type TermsAnswer,
  type TermsChange,
  type TermsPreview,
  type TermsPublication,
  termsPreviewSchema,
} from '#protocol';
import type { ControllerId, Instant, Outcome, ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { inOneMoment } from '../database/one-moment.ts';
import type { Database } from '../database/open.ts';
import { hasPublishedTooOften } from '../notice-limits.ts';
import { carryOut, type Publication, type PublicationFault, planPublication } from '../publication.ts';
import { factsOfShop, lockController, type ShopFacts, shopsOf } from '../shop-facts.ts';
import { planOf } from './plan.ts';
import { readTerms, revisionOf, withTerms } from './stored-terms.ts';

type TermsRefusal = Extract<
  RefusalReason,
  | 'changed-meanwhile'
  | 'name-taken'
  | 'published-too-often'
  | 'too-many-notices'
  | 'words-too-long'
  | 'malformed'
>;

/** What visitors would read if the change were published, found out by what publishes it. Stores nothing. */
export async function previewTerms(
  { db, now }: Pick<ServerContext, 'db' | 'now'>,
  shopId: ShopId,
  change: TermsChange,
): Promise<Outcome<{ readonly preview: TermsPreview }, TermsRefusal>> {
  // What a shop says and the notices of what it said before would plan notices that nobody means.
  return inOneMoment(db, (moment) => previewIn(moment, shopId, change, now()));
}

async function previewIn(
  db: Database,
  shopId: ShopId,
  change: TermsChange,
  now: Instant,
): Promise<Outcome<{ readonly preview: TermsPreview }, TermsRefusal>> {
  const before = await factsOfShop(db, shopId);
  if (revisionOf(before) !== change.revision) return { ok: false, reason: 'changed-meanwhile' };
  if (await isNameTaken(db, before, change)) return { ok: false, reason: 'name-taken' };
  const planned = await planPublication(db, withTerms(before, change.terms));
  if (!planned.ok) return { ok: false, reason: refusalOf(planned) };
  if (await isTooOften(db, planned.publication, now)) return { ok: false, reason: 'published-too-often' };
  const notices = planned.publication.shops.flatMap(({ shop, notices }) =>
    notices.map((each) => ({
      shop: shop.name,
      language: each.notice.language,
      version: each.notice.version,
      before: spoke(before, shop.id, each.notice.language) ? (each.before?.texts ?? null) : null,
      after: each.notice.texts,
    })),
  );
  return { ok: true, preview: termsPreviewSchema.parse({ plan: planOf(planned.publication), notices }) };
}

/** Publishes a change, all of it or nothing, unless something else was published since its author looked, in this shop or another of the company. */
export async function publishTerms(
  context: Pick<ServerContext, 'db' | 'now' | 'publicUrl'>,
  { shopId, controllerId }: { readonly shopId: ShopId; readonly controllerId: ControllerId },
  wanted: TermsPublication,
): Promise<Outcome<{ readonly answer: TermsAnswer }, TermsRefusal>> {
  return context.db.transaction().execute(async (db) => {
    await lockController(db, controllerId);
    const before = await factsOfShop(db, shopId);
    if (revisionOf(before) !== wanted.revision) return { ok: false, reason: 'changed-meanwhile' } as const;
    if (await isNameTaken(db, before, wanted)) return { ok: false, reason: 'name-taken' } as const;
    const planned = await planPublication(db, withTerms(before, wanted.terms));
    if (!planned.ok) return { ok: false, reason: refusalOf(planned) } as const;
    const { publication } = planned;
    const now = context.now();
    if (await isTooOften(db, publication, now)) return { ok: false, reason: 'published-too-often' } as const;
    if (planOf(publication) !== wanted.plan) return { ok: false, reason: 'changed-meanwhile' } as const;
    await carryOut({ db, now }, publication);
    return { ok: true, answer: await readTerms({ ...context, db }, shopId) } as const;
  });
}

/** Whether another shop of the company has the name: people tell their shops apart by it. One that was there twice may stay. */
async function isNameTaken(
  db: Database,
  { controller, shop }: ShopFacts,
  { terms }: TermsChange,
): Promise<boolean> {
  if (terms.shop.name === shop.name) return false;
  const shops = await shopsOf(db, controller.id);
  return shops.some((other) => other.shop.id !== shop.id && other.shop.name === terms.shop.name);
}

/** Of what hinders a publication, what the staff screen is told. It offers the languages that there are, each once. */
export function refusalOf({
  reason,
}: PublicationFault): Extract<TermsRefusal, 'too-many-notices' | 'words-too-long' | 'malformed'> {
  switch (reason) {
    case 'language-unknown':
    case 'language-twice':
      return 'malformed';
    case 'notice-too-long':
    case 'receipt-too-long':
      return 'words-too-long';
    case 'too-many-notices':
      return reason;
  }
}

/** What changes no notice, as how tablets are set, is never too often. */
async function isTooOften(
  db: ServerContext['db'],
  { facts, shops }: Publication,
  now: Instant,
): Promise<boolean> {
  const isAnyNew = shops.some(({ notices }) => notices.length > 0);
  return isAnyNew && (await hasPublishedTooOften(db, facts.controller.id, now));
}

/** Whether a shop shows a language now. Others keep theirs: only the changed one may get a language that it had once, or never. */
function spoke({ shop }: ShopFacts, shopId: ShopId, language: string): boolean {
  return shop.id !== shopId || shop.languages.includes(language);
}
