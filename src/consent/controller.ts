import type { ControllerId, ShopId } from '#values';

/** A legal person whom a visitor can write to. */
export interface Party {
  readonly name: string;
  readonly address: string;
  readonly contact: string;
}

/** The legal person responsible for a shop's counting. A franchisee is its own. */
export interface Controller extends Party {
  readonly id: ControllerId;
  /** ISO 3166-1 alpha-2 code of the country whose law applies and where counts and receipts are kept. */
  readonly country: string;
  readonly regulator: { readonly name: string; readonly url: string };
  /** Terms of the laws that apply, for `dpv:hasApplicableLaw`: `eu-gdpr:GDPR`, `cn-pipl:PIPL`, or an IRI. */
  readonly laws: readonly string[];
  readonly retention: { readonly linkDays: number; readonly receiptYears: number };
  /** Who decides together with this one (GDPR, Article 26; PIPL, Article 20). */
  readonly jointWith?: readonly Party[] | undefined;
  /** Who works on data for this one, by name, as a company that runs the server. */
  readonly processors?: readonly Party[] | undefined;
  /** Where the assessment of the risks can be read, if it is published. */
  readonly impactAssessmentUrl?: string | undefined;
}

export interface Shop {
  readonly id: ShopId;
  readonly name: string;
  /** IANA name, as `Europe/Dublin`. */
  readonly timeZone: string;
  /** BCP 47 tags, the shop's first language first. */
  readonly languages: readonly string[];
}

/** Everybody who decides, by name, in the words of a language: `A and B`. */
export function namesOfControllers({ name, jointWith = [] }: Controller, language: string): string {
  return together([name, ...jointWith.map((other) => other.name)], language);
}

/** Everybody who works for the controller, by name, in the words of a language; null where nobody does. */
export function namesOfProcessors({ processors = [] }: Controller, language: string): string | null {
  return processors.length === 0
    ? null
    : together(
        processors.map(({ name }) => name),
        language,
      );
}

function together(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
