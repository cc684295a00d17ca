import { formatUnit, withOwnDigits } from '#values';
import { type Controller, namesOfControllers, namesOfProcessors, type Shop } from './controller.ts';
import type { NoticeFacts } from './notice.ts';

/** What a notice says of one shop, in the words and digits of a language. */
export function noticeFacts(
  shop: Shop,
  controller: Controller,
  { ageOfConsent, releaseMin }: { readonly ageOfConsent: number; readonly releaseMin: number },
  language: string,
): NoticeFacts {
  const number = new Intl.NumberFormat(withOwnDigits(language));
  return {
    shop: shop.name,
    controller: namesOfControllers(controller, language),
    processors: namesOfProcessors(controller, language),
    contact: controller.contact,
    regulator: controller.regulator.name,
    regulatorUrl: controller.regulator.url,
    ageOfConsent: number.format(ageOfConsent),
    linkTime: formatUnit(controller.retention.linkDays, 'day', language),
    receiptTime: formatUnit(controller.retention.receiptYears, 'year', language),
    releaseMin: number.format(releaseMin),
  };
}
