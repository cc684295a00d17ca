import { type Controller, noticeFacts, renderNotice, type Shop } from '#consent';

import { languagesOf } from '#i18n';
import { loadNoticeTemplate } from '#i18n/notice-templates';
import { type KioskConfig, type KioskSettings, kioskConfigSchema } from '#protocol';
import type { ControllerId, ShopId } from '#values';

const controller: Controller = {
  id: 'harbour-street-motors' as ControllerId,
  name: 'Harbour Street Motors Ltd',
  address: '1 Harbour Street, Dublin',
  contact: 'privacy@harbour-street.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

const settings: KioskSettings = {
  ageOfConsent: 16,
  releaseMin: 10,
  idleSeconds: 30,
  vision: 'auto',
  staffPin: { salt: 'A'.repeat(22), iterations: 1, hash: '0'.repeat(64) },
  publicUrl: 'https://askfirst.example',
};

/** A shop that offers every language, as a visitor sees it who picked one. */
export async function shopIn(language: string): Promise<KioskConfig> {
  const shop: Shop = {
    id: 'harbour-street' as ShopId,
    name: 'Harbour Street',
    timeZone: 'Europe/Dublin',
    languages: languagesOf('kiosk'),
  };
  const texts = renderNotice(
    await loadNoticeTemplate(language),
    noticeFacts(shop, controller, settings, language),
  );
  const notice = {
    id: 'counting',
    version: '1',
    controllerId: controller.id,
    jurisdiction: controller.country,
    language,
    texts,
  };
  return kioskConfigSchema.parse({ shop, controller, settings, notices: [notice], withdrawals: [] });
}
