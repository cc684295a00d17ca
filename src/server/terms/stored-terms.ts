import { z } from 'zod';
import { type Terms, type TermsAnswer, termsAnswerSchema, termsSchema } from '#protocol';
import { type Json, type Sha256, type ShopId, sha256OfJson, toIso } from '#values';
import type { ServerContext } from '../context.ts';
import { hashText } from '../hash-text.ts';
import { NOTICE_LANGUAGES, publishedNotices } from '../notices.ts';
import { factsOfShop, type ShopFacts, shopsOf } from '../shop-facts.ts';

const shown = termsAnswerSchema.shape.terms.shape;
/** What is shown of what is stored: the rest is left out. */
const shownSchema = z.object({
  controller: z.object(shown.controller.shape),
  shop: z.object(shown.shop.shape),
  settings: z.object(shown.settings.shape),
});

/** What a shop says to visitors, as it stands. */
export async function readTerms(
  { db, publicUrl }: Pick<ServerContext, 'db' | 'publicUrl'>,
  shopId: ShopId,
): Promise<TermsAnswer> {
  const facts = await factsOfShop(db, shopId);
  const { controller, shop, settings } = facts;
  const shops = await shopsOf(db, controller.id);
  const published = await publishedNotices(db, shopId);
  return {
    revision: revisionOf(facts),
    terms: shownSchema.parse(facts),
    fixed: {
      controllerId: controller.id,
      shopId: shop.id,
      country: controller.country,
      laws: [...controller.laws],
      timeZone: shop.timeZone,
      // As tablets are told.
      publicUrl: publicUrl() ?? settings.publicUrl,
      releaseMin: settings.releaseMin,
    },
    shops: shops.map((each) => each.shop.name).toSorted(),
    languages: [...NOTICE_LANGUAGES],
    notices: shop.languages.flatMap((language) => {
      const each = published.get(language);
      if (each === undefined) return [];
      const { notice, hash, publishedAt } = each;
      return [{ language, version: notice.version, hash, publishedAt: toIso(publishedAt) }];
    }),
  };
}

/** A hash of all that is stored of a shop and its controller, but for the PIN: whoever has a hash over six digits soon has the digits. */
export function revisionOf({ controller, shop, settings }: ShopFacts): Sha256 {
  const { staffPin: _, ...told } = settings;
  return sha256OfJson({ controller, shop, settings: told } as unknown as Json, hashText);
}

/** The facts of a shop that says these terms from now on. What is stored beside them stays. */
export function withTerms({ controller, shop, settings }: ShopFacts, terms: Terms): ShopFacts {
  const { shape } = termsSchema;
  return {
    controller: { ...beside(controller, shape.controller), ...terms.controller },
    shop: { ...beside(shop, shape.shop), ...terms.shop },
    settings: { ...beside(settings, shape.settings), ...terms.settings },
  };
}

/** What a schema does not speak of. What it speaks of goes, so that an optional field that is left out is none any more. */
function beside<Stored extends object, Field extends string>(
  stored: Stored,
  { shape }: { readonly shape: Readonly<Record<Field, unknown>> },
): Omit<Stored, Field> {
  const others = Object.entries(stored).filter(([field]) => !Object.hasOwn(shape, field));
  return Object.fromEntries(others) as Omit<Stored, Field>;
}
