import type { Notice } from '#consent';
import type { KioskConfig } from '#protocol';
import type { TabletCore } from '../core.ts';
import { makeIdentity } from '../device-key.ts';
import type { Yes } from '../record-yes.ts';
import { idNamed, type MemoryTablet } from './memory-tablet.ts';

/** What a tablet is told by its server. */
export const configOf = (name: string, linkDays: number, releaseMin: number) =>
  ({
    shop: { id: 'quay', name: 'Quay', timeZone: 'Europe/Dublin', languages: ['en'] },
    controller: {
      id: 'quay-motors',
      name,
      address: '1 Quay',
      contact: 'privacy@quay.example',
      country: 'IE',
      regulator: { name: 'DPC', url: 'https://www.dataprotection.ie' },
      laws: ['eu-gdpr:GDPR'],
      retention: { linkDays, receiptYears: 3 },
    },
    settings: { releaseMin, publicUrl: 'https://quay.example' },
    notices: [],
    withdrawals: [],
  }) as unknown as KioskConfig;

const notice = { id: 'counting', version: '1', language: 'en', texts: {} } as unknown as Notice;

/** One visitor's yes to being counted. */
export const yes: Yes = {
  notice,
  purposes: ['count'],
  givenBy: 'visitor',
  buttonLabel: 'Yes',
  answersShown: ['No', 'Yes'],
};

/** A tablet with a key, so that it can sign what visitors say. */
export async function withKey(
  { core }: MemoryTablet,
  config: TabletCore['config'] = () => configOf('Quay Motors Ltd', 30, 10),
): Promise<TabletCore> {
  return {
    ...core,
    identity: await makeIdentity(),
    config,
    paired: { ...core.paired, kioskId: idNamed<never>('kiosk') },
  };
}
