import { describe, expect, it } from 'vitest';
import { type IsoTime, type KioskId, keyThumbprint, type Sha256, signJws } from '#values';
import { CHECKPOINT_TYPE, type Checkpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts';

const checkpoint: Checkpoint = {
  kioskId: 'BBBBBBBBBBBBBBBBBBBBBB' as KioskId,
  seq: 41,
  hash: 'a'.repeat(64) as Sha256,
  time: '2026-11-24T15:00:00.000Z' as IsoTime,
};

async function makeKey() {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const publicKey = { kty: kty!, crv: crv!, x: x!, y: y! };
  return { privateKey: keys.privateKey, publicKey, kid: await keyThumbprint(publicKey) };
}

describe('a checkpoint', () => {
  it('says which head its kiosk signed', async () => {
    const key = await makeKey();
    const jws = await signCheckpoint(checkpoint, key.privateKey, key.kid);
    expect(await verifyCheckpoint(jws, key.publicKey)).toEqual({ ok: true, payload: checkpoint });
  });

  it('is refused with any one letter of it changed', async () => {
    const key = await makeKey();
    const jws = await signCheckpoint(checkpoint, key.privateKey, key.kid);
    for (let at = 0; at < jws.length - 1; at += 1) {
      const changed = jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1);
      expect(await verifyCheckpoint(changed, key.publicKey)).toMatchObject({ ok: false });
    }
  });

  it('is refused with another key, a lying key name, another type, or a key that is none', async () => {
    const [key, other] = [await makeKey(), await makeKey()];
    const honest = await signCheckpoint(checkpoint, other.privateKey, other.kid);
    const lying = await signCheckpoint(checkpoint, other.privateKey, key.kid);
    const receipt = await signJws({ ...checkpoint }, 'consent-receipt+jws', key.privateKey, key.kid);
    const noPoint = { ...key.publicKey, y: key.publicKey.x };
    expect(await verifyCheckpoint(honest, key.publicKey)).toEqual({ ok: false, reason: 'other-key' });
    expect(await verifyCheckpoint(lying, key.publicKey)).toEqual({ ok: false, reason: 'signature-wrong' });
    expect(await verifyCheckpoint(receipt, key.publicKey)).toEqual({ ok: false, reason: 'not-a-checkpoint' });
    expect(await verifyCheckpoint(honest, noPoint)).toEqual({ ok: false, reason: 'signature-wrong' });
    expect(await verifyCheckpoint('no.jws', key.publicKey)).toEqual({
      ok: false,
      reason: 'not-a-checkpoint',
    });
    expect(CHECKPOINT_TYPE).toBe('ledger-checkpoint+jws');
  });
});
