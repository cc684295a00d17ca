import type { ControllerId, ShopId } from '#values';

/** The legal person responsible for a shop's counting. A franchisee is its own. */
export interface Controller {
  readonly id: ControllerId;
  readonly name: string;
  readonly address: string;
  readonly contact: string;
  /** ISO 3166-1 alpha-2 code of the country whose law applies and where counts and receipts are kept. */
  readonly country: string;
  readonly regulator: { readonly name: string; readonly url: string };
  /** IRIs of the laws that apply, for `dpv:hasApplicableLaw`. */
  readonly laws: readonly string[];
  readonly retention: { readonly linkDays: number; readonly receiptYears: number };
}

export interface Shop {
  readonly id: ShopId;
  readonly name: string;
  /** IANA name, as `Europe/Dublin`. */
  readonly timeZone: string;
  /** BCP 47 tags, the shop's first language first. */
  readonly languages: readonly string[];
}
