import type { TermsAnswer } from '#protocol';
import { canonicalJson } from '#values';

/** All that an officer may change, by how far each reaches. Each has its words under `terms.field` in the texts. */
export const FACTS = {
  company: [
    'name',
    'address',
    'contact',
    'regulator',
    'regulatorUrl',
    'linkDays',
    'receiptYears',
    'jointWith',
    'processors',
    'impactAssessmentUrl',
  ],
  shop: ['shopName', 'firstLanguage', 'languages'],
  tablets: ['ageOfConsent', 'idleSeconds', 'openingHours', 'surroundings', 'receiptPaper'],
} as const;
export const FACT_GROUPS = ['company', 'shop', 'tablets'] as const;
export type FactGroupName = (typeof FACT_GROUPS)[number];
export type FactName = (typeof FACTS)[FactGroupName][number];

export type SaidTerms = TermsAnswer['terms'];

/** What terms say, fact by fact; what may be left out as it is then. */
export function saidFacts({ controller, shop, settings }: SaidTerms) {
  return {
    name: controller.name,
    address: controller.address,
    contact: controller.contact,
    regulator: controller.regulator.name,
    regulatorUrl: controller.regulator.url,
    linkDays: controller.retention.linkDays,
    receiptYears: controller.retention.receiptYears,
    jointWith: controller.jointWith ?? [],
    processors: controller.processors ?? [],
    impactAssessmentUrl: controller.impactAssessmentUrl ?? null,
    shopName: shop.name,
    firstLanguage: shop.languages[0] ?? 'en',
    languages: shop.languages,
    ageOfConsent: settings.ageOfConsent,
    idleSeconds: settings.idleSeconds,
    openingHours: settings.openingHours ?? null,
    surroundings: settings.surroundings ?? ('tablet' as const),
    receiptPaper: settings.receiptPaper ?? ('none' as const),
  } satisfies Record<FactName, unknown>;
}

/** The facts that are not as they were, also those that no notice tells: they stand in receipts, or are how tablets ask. */
export function changedFacts(before: SaidTerms, after: SaidTerms): readonly FactName[] {
  const is = saidFacts(after);
  const was = { ...saidFacts(before), languages: withFirst(before.shop.languages, is.firstLanguage) };
  return FACT_GROUPS.flatMap<FactName>((group) => FACTS[group]).filter(
    (name) => canonicalJson(was[name]) !== canonicalJson(is[name]),
  );
}

/** The language that becomes the first one moves the others down: that alone is one change and not two. */
function withFirst(languages: readonly string[], first: string): readonly string[] {
  return languages.includes(first) ? [first, ...languages.filter((other) => other !== first)] : languages;
}
