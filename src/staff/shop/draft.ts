import { type Terms, type TermsAnswer, termsSchema } from '#protocol';
import { type Wrong, wrongOf } from './wrong.ts';

/** What can be chosen of each. Closed: each has its words in the texts. */
export const SURROUNDINGS = ['tablet', 'bright', 'dark'] as const;
export const PAPERS = ['none', '58mm', '80mm'] as const;

/** A company while somebody writes about it. */
export interface PartyDraft {
  /** Tells the companies of one list apart, whatever is written. */
  readonly key: number;
  readonly name: string;
  readonly address: string;
  readonly contact: string;
}

/** Terms as they stand in the form: in the shape of the terms, so that what is wrong has the same path, with texts where numbers come to be. */
export interface Draft {
  readonly controller: {
    readonly name: string;
    readonly address: string;
    readonly contact: string;
    readonly regulator: { readonly name: string; readonly url: string };
    readonly retention: { readonly linkDays: string; readonly receiptYears: string };
    readonly jointWith: readonly PartyDraft[];
    readonly processors: readonly PartyDraft[];
    /** Empty where there is none. */
    readonly impactAssessmentUrl: string;
  };
  readonly shop: { readonly name: string; readonly languages: readonly string[] };
  readonly settings: {
    readonly ageOfConsent: string;
    readonly idleSeconds: string;
    /** Null: the tablets stay awake. */
    readonly openingHours: { readonly from: string; readonly to: string } | null;
    readonly surroundings: (typeof SURROUNDINGS)[number];
    readonly receiptPaper: (typeof PAPERS)[number];
  };
}

/** Whether a draft can become terms, and where not, what is wrong with which field: `controller.jointWith.0.name`. */
export type CheckedDraft =
  | { readonly ok: true; readonly terms: Terms }
  | { readonly ok: false; readonly wrong: ReadonlyMap<string, Wrong> };

/** The terms that stand, to be changed. */
export function draftOf({ controller, shop, settings }: TermsAnswer['terms']): Draft {
  const { name, address, contact, regulator, retention } = controller;
  return {
    controller: {
      name,
      address,
      contact,
      regulator,
      retention: { linkDays: String(retention.linkDays), receiptYears: String(retention.receiptYears) },
      jointWith: keyed(controller.jointWith),
      processors: keyed(controller.processors),
      impactAssessmentUrl: controller.impactAssessmentUrl ?? '',
    },
    shop,
    settings: {
      ageOfConsent: String(settings.ageOfConsent),
      idleSeconds: String(settings.idleSeconds),
      openingHours: settings.openingHours ?? null,
      surroundings: settings.surroundings ?? 'tablet',
      receiptPaper: settings.receiptPaper ?? 'none',
    },
  };
}

/** Holds a draft to what terms may be. */
export function checkDraft(draft: Draft): CheckedDraft {
  const parsed = termsSchema.safeParse(termsIn(draft));
  if (parsed.success) return { ok: true, terms: parsed.data };
  const wrong = new Map<string, Wrong>();
  for (const issue of parsed.error.issues) {
    const path = fieldOf(issue.path);
    // Of several reasons the first comes from the plainest rule, as that something must be there.
    if (!wrong.has(path)) wrong.set(path, wrongOf(path, issue.code, valueAt(draft, issue.path)));
  }
  return { ok: false, wrong };
}

/** One more company in a list, with nothing written yet. */
export function withNewParty(parties: readonly PartyDraft[]): readonly PartyDraft[] {
  const key = 1 + Math.max(-1, ...parties.map((party) => party.key));
  return [...parties, { key, name: '', address: '', contact: '' }];
}

/** Input to the schema: what was left empty and may be is left out, and what is no number becomes none. */
function termsIn({ controller, shop, settings }: Draft): object {
  const { jointWith, processors, impactAssessmentUrl, retention, ...said } = controller;
  const { openingHours, surroundings, receiptPaper } = settings;
  return {
    controller: {
      ...said,
      regulator: { ...said.regulator, url: said.regulator.url.trim() },
      retention: { linkDays: wholeIn(retention.linkDays), receiptYears: wholeIn(retention.receiptYears) },
      ...(jointWith.length === 0 ? {} : { jointWith: jointWith.map(withoutKey) }),
      ...(processors.length === 0 ? {} : { processors: processors.map(withoutKey) }),
      ...(impactAssessmentUrl.trim() === '' ? {} : { impactAssessmentUrl: impactAssessmentUrl.trim() }),
    },
    shop,
    settings: {
      ageOfConsent: wholeIn(settings.ageOfConsent),
      idleSeconds: wholeIn(settings.idleSeconds),
      ...(openingHours === null ? {} : { openingHours }),
      ...(surroundings === 'tablet' ? {} : { surroundings }),
      ...(receiptPaper === 'none' ? {} : { receiptPaper }),
    },
  };
}

/** Chinese keyboards write digits of their own width, which mean the same. */
function wholeIn(text: string): number {
  const digits = text.normalize('NFKC').trim();
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

function keyed(parties: TermsAnswer['terms']['controller']['jointWith']): readonly PartyDraft[] {
  return (parties ?? []).map((party, key) => ({ ...party, key }));
}

function withoutKey({ name, address, contact }: PartyDraft): object {
  return { name, address, contact };
}

/** A language is one of a list that is shown as one field. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path[1] === 'languages' ? 'shop.languages' : path.join('.');
}

function valueAt(draft: Draft, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    draft,
  );
}
