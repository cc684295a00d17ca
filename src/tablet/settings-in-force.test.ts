import { describe, expect, it } from 'vitest';
import { readReceiptDocument } from '#protocol';
import { base64UrlToBytes } from '#values';
import { recordYes } from './record-yes.ts';
import { type SettingsInForce, settingsInForce } from './settings-in-force.ts';
import { memoryTablet } from './testing/memory-tablet.ts';
import { configOf, withKey, yes } from './testing/recording-tablet.ts';

const read = configOf('Read By The Visitor Ltd', 30, 20);
const sent = configOf('Sent Meanwhile Ltd', 999, 10);

/** The receipt that a visitor gets now, as a reader sees it. */
async function receiptUnder(settings: SettingsInForce) {
  const tablet = memoryTablet();
  const core = await withKey(tablet, settings.current);
  expect(await recordYes(core, [yes])).toMatchObject({ ok: true });
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
