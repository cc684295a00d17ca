import { describe, expect, it } from 'vitest';
import type { Notice } from '#consent';
import { type KioskConfig, readReceiptDocument } from '#protocol';
import { base64UrlToBytes } from '#values';
import { makeIdentity } from './device-key.ts';
import { recordYes } from './record-yes.ts';
import { type SettingsInForce, settingsInForce } from './settings-in-force.ts';
import { idNamed, memoryTablet } from './testing/memory-tablet.ts';

const configOf = (name: string, linkDays: number, releaseMin: number) =>
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
const read = configOf('Read By The Visitor Ltd', 30, 20);
const sent = configOf('Sent Meanwhile Ltd', 999, 10);
const notice = { id: 'counting', version: '1', language: 'en', texts: {} } as unknown as Notice;

/** The receipt that a visitor gets now, as a reader sees it. */
async function receiptUnder(settings: SettingsInForce) {
  const tablet = memoryTablet();
  const core = {
    ...tablet.core,
    identity: await makeIdentity(),
    config: settings.current,
    paired: { ...tablet.core.paired, kioskId: idNamed<never>('kiosk') },
  };
  const yes = {
    purposes: ['count'],
    givenBy: 'visitor',
    buttonLabel: 'Yes',
    answersShown: ['No', 'Yes'],
  } as const;
  expect(await recordYes(core, notice, [yes])).toMatchObject({ ok: true });
  const [{ receipt } = expect.fail('It is written.')] = await tablet.entriesOf('receipt-issued');
  const payload = base64UrlToBytes(String(receipt).split('.')[1] ?? '') ?? new Uint8Array();
  return readReceiptDocument(JSON.parse(new TextDecoder().decode(payload)));
}

describe('settings that come during a visit', () => {
  it('leave the receipt what its notice said: the same controller, and the same time that links are kept', async () => {
    const settings = settingsInForce(read, () => undefined);
    settings.beginVisit();
    settings.take(sent);
    const receipt = await receiptUnder(settings);
    expect(JSON.stringify(receipt)).toContain('Read By The Visitor Ltd');
    expect(JSON.stringify(receipt)).not.toContain('999');
    expect(settings.current().settings.releaseMin).toBe(20);
  });

  it('are in force once it has ended, the newest of them, and screens hear of it then', () => {
    let heard = 0;
    const settings = settingsInForce(read, () => {
      heard += 1;
    });
    settings.beginVisit();
    settings.take(configOf('Sent First Ltd', 60, 10));
    settings.take(sent);
    expect([settings.current(), heard]).toEqual([read, 0]);
    settings.endVisit();
    expect([settings.current(), heard]).toEqual([sent, 1]);
    settings.endVisit();
    expect(heard).toBe(1);
  });

  it('are in force at once where nobody is there', () => {
    const settings = settingsInForce(read, () => undefined);
    settings.take(sent);
    expect(settings.current()).toBe(sent);
  });
});
