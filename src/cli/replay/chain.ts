import type { Controller, Shop } from '#consent';
import { K_MIN } from '#counting';
import type { ControllerId, ShopId } from '#values';
import { apportion } from './apportion.ts';

/** What a shop is like, before anybody comes. */
export interface ShopPlan {
  readonly controller: Controller;
  readonly shop: Shop;
  /** First and last hour that it is open on each day from Monday to Sunday, null where it is shut. */
  readonly opening: readonly (readonly [first: number, last: number] | null)[];
}

/** In 2021 two of seven shops were franchised: responsible for themselves. */
const FRANCHISED_SHARE = 2 / 7;
export const RELEASE_MIN = K_MIN;

const WEEKDAYS = [9, 18] as const;
const LATE = [10, 20] as const;
const SATURDAY = [10, 16] as const;
const SUNDAY = [12, 17] as const;

const dublin = { timeZone: 'Europe/Dublin', languages: ['en', 'zh-Hans'] } as const;

const house: Controller = {
  id: 'quay-cars' as ControllerId,
  name: 'Quay Cars Ltd',
  address: '2 Quay, Cork',
  contact: 'privacy@quay.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

/** Franchisees keep hours of their own, under laws of their own, by a clock of their own. */
const franchisees = [
  {
    country: 'CN',
    laws: ['cn-pipl:PIPL'],
    regulator: { name: 'Cyberspace Administration of China', url: 'https://www.cac.gov.cn' },
    timeZone: 'Asia/Shanghai',
    languages: ['zh-Hans', 'en'],
    // Every shop is open on a Monday, when the play begins.
    opening: [LATE, null, LATE, LATE, LATE, LATE, LATE],
  },
  {
    country: 'CA',
    laws: ['https://laws-lois.justice.gc.ca/eng/acts/P-8.6/'],
    regulator: { name: 'Office of the Privacy Commissioner', url: 'https://www.priv.gc.ca' },
    // Three and a half hours behind: hours of its clock begin in the middle of others'.
    timeZone: 'America/St_Johns',
    languages: ['en'],
    opening: [WEEKDAYS, WEEKDAYS, WEEKDAYS, LATE, LATE, SATURDAY, null],
  },
] as const;

/** The shop of each kiosk: shops of one house, and some franchised, with the kiosks dealt out evenly. */
export function planChain(shops: number, kiosks: number): ShopPlan[] {
  const franchised = Math.round(shops * FRANCHISED_SHARE);
  const kiosksOf = apportion(
    kiosks,
    Array.from({ length: shops }, () => 1),
  );
  const own = shops - franchised;
  return kiosksOf.flatMap((kiosksHere, index) => {
    const shop = index < own ? ownShop(index) : franchisedShop(index - own);
    return Array.from({ length: kiosksHere }, () => shop);
  });
}

/** A shop of somebody else's server: open late on every day. */
export function unknownShop(controller: Controller, shop: Shop): ShopPlan {
  return { controller, shop, opening: [LATE, LATE, LATE, LATE, LATE, LATE, LATE] };
}

function ownShop(index: number): ShopPlan {
  const isLate = index % 2 === 1;
  const weekdays = isLate ? LATE : WEEKDAYS;
  return {
    controller: house,
    shop: { id: `quay-${index + 1}` as ShopId, name: `Quay ${index + 1}`, ...dublin },
    opening: [weekdays, weekdays, weekdays, weekdays, LATE, SATURDAY, isLate ? SUNDAY : null],
  };
}

function franchisedShop(index: number): ShopPlan {
  const like = franchisees[index % franchisees.length];
  if (like === undefined) throw new RangeError('No franchisee to be like.');
  const { country, laws, regulator, timeZone, languages, opening } = like;
  const number = index + 1;
  return {
    controller: {
      ...house,
      id: `partner-${number}` as ControllerId,
      name: `Partner Motors ${number}`,
      address: `${number} Ring Road`,
      contact: `privacy@partner-${number}.example`,
      country,
      laws,
      regulator,
    },
    shop: { id: `partner-${number}` as ShopId, name: `Partner ${number}`, timeZone, languages },
    opening,
  };
}

/** What a shop's notice says after its text has changed: the regulator's address moved. */
export function withChangedNotice(controller: Controller): Controller {
  const { regulator } = controller;
  return { ...controller, regulator: { ...regulator, url: `${regulator.url}/contact` } };
}
