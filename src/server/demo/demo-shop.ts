import type { Controller, Shop } from '#consent';
import type { ControllerId, ShopId } from '#values';

/** Who asks in a demo, until something else is published on the staff screen. */
export const demoController: Controller = {
  id: 'harbour-street-motors' as ControllerId,
  name: 'Harbour Street Motors Ltd',
  address: '1 Harbour Street, Dublin',
  contact: 'privacy@harbour-street.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

/** Where a demo is, until then. */
export const demoShop: Shop = {
  id: 'harbour-street' as ShopId,
  name: 'Harbour Street',
  timeZone: 'Europe/Dublin',
  // The shop's own first, then those of neighbours by script.
  languages: ['en', 'es', 'fr', 'de', 'pt', 'ru', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'ar', 'hi'],
};
