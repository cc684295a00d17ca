import { describe, expect, it } from 'vitest';
import { makeReceipt } from './receipt.ts';
import { signReceipt, verifyReceipt } from './receipt-signature.ts';
import { facts, makeKey } from './testing/receipt-facts.ts';

describe('a receipt', () => {
  it('is accepted with the key that signed it', async () => {
    const key = await makeKey();
    const jws = await signReceipt(makeReceipt(facts), key.privateKey, key.kid);
    expect(await verifyReceipt(jws, key.publicKey)).toMatchObject({
      ok: true,
      payload: { 'dct:identifier': facts.receiptId },
    });
  });

  it('is refused with any one letter of it changed', async () => {
    const key = await makeKey();
    const jws = await signReceipt(makeReceipt(facts), key.privateKey, key.kid);
    for (let at = 0; at < jws.length; at += 97) {
      const changed = jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1);
      expect(await verifyReceipt(changed, key.publicKey)).toMatchObject({ ok: false });
    }
  });

  it('is refused with another kiosk’s key, also where it claims that key', async () => {
    const [key, other] = [await makeKey(), await makeKey()];
    const honest = await signReceipt(makeReceipt(facts), other.privateKey, other.kid);
    const lying = await signReceipt(makeReceipt(facts), other.privateKey, key.kid);
    expect(await verifyReceipt(honest, key.publicKey)).toEqual({ ok: false, reason: 'other-key' });
    expect(await verifyReceipt(lying, key.publicKey)).toEqual({ ok: false, reason: 'signature-wrong' });
  });

  it('is refused without a signature at all', async () => {
    const key = await makeKey();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = { alg: 'none', typ: 'consent-receipt+jws', kid: key.kid };
    expect(
      await verifyReceipt(`${encode(header)}.${encode(makeReceipt(facts))}.`, key.publicKey),
    ).toMatchObject({ ok: false });
    expect(await verifyReceipt('not a receipt', key.publicKey)).toEqual({
      ok: false,
      reason: 'not-a-receipt',
    });
  });

  it('names a child as the data subject when a guardian said yes, and asks nothing more', () => {
    const record = makeReceipt({ ...facts, givenBy: 'guardian' })['dpv:hasRecordOfActivity'];
    expect(record['dpv:hasDataSubject']['@type']).toBe('dpv:Child');
  });
});
