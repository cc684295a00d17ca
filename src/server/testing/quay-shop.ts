import type { ControllerId, ShopId } from '#values';
import type { putShop } from '../shops.ts';

/** A shop for real use, as an administrator writes it down. */
export const quayShop: Parameters<typeof putShop>[1] = {
  controller: {
    id: 'quay-cars' as ControllerId,
    name: 'Quay Cars Ltd',
    address: '2 Quay, Cork',
    contact: 'privacy@quay.example',
    country: 'IE',
    regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    laws: ['eu-gdpr:GDPR'],
    retention: { linkDays: 14, receiptYears: 2 },
  },
  shop: { id: 'quay' as ShopId, name: 'Quay', timeZone: 'Europe/Dublin', languages: ['en'] },
  settings: {
    ageOfConsent: 16,
    releaseMin: 20,
    idleSeconds: 60,
    vision: 'auto',
    publicUrl: 'https://quay.example',
    staffPin: { salt: 'A'.repeat(22), iterations: 1, hash: '0'.repeat(64) },
  },
};
