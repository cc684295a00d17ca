import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from './bytes.ts';
import { canonicalJson, type JsonObject } from './canonical-json.ts';
import { jwsVerifier, keyThumbprint, signJws } from './jws.ts';

const TYPE = 'consent-receipt+jws';
const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
]);
const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
const publicKey = { kty, crv, x, y } as JsonObject;
const kid = await keyThumbprint(publicKey);
const payload = { a: 'x', b: [1, 2] };
const jws = await signJws(payload, TYPE, keys.privateKey, kid);

/** What is made of a text by one that has read nothing before, and by one that has. */
async function saidOf(text: string): Promise<unknown> {
  const fresh = await (await jwsVerifier(publicKey, TYPE))?.(text);
  const used = await jwsVerifier(publicKey, TYPE);
  await used?.(jws);
  expect(await used?.(text)).toEqual(fresh);
  return fresh;
}

/** Signed by the right key, with a header of anybody's choice. */
const signedWith = (header: object) =>
  new CompactSign(new TextEncoder().encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: TYPE, kid, ...header })
    .sign(keys.privateKey);

/** Sets a bit of the last character of a part that belongs to no byte. */
function withBitToSpare(text: string, part: 0 | 1 | 2): string | null {
  const parts = text.split('.');
  const own = parts[part] ?? '';
  if (own.length % 4 === 0) return null;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = letters.charAt(letters.indexOf(own.at(-1) ?? '') + 1);
  return parts.with(part, own.slice(0, -1) + last).join('.');
}

describe('a compact JWS', () => {
  it('is read where the key signed it', async () => {
    expect(await saidOf(jws)).toEqual({ ok: true, text: canonicalJson(payload) });
  });

  it.each([
    ['padding', `${jws}=`],
    ['more padding', `${jws}==`],
    ['a line feed', `${jws}\n`],
    ['a space', jws.replace(/.$/, ' $&')],
    ['a sign that is none', `${jws}!`],
    ['bits to spare in its signature', withBitToSpare(jws, 2)],
    ['bits to spare in what it says', withBitToSpare(jws, 1)],
    ['nothing in place of its signature', jws.replace(/[^.]+$/, '')],
    ['half of its signature', jws.slice(0, -43)],
  ])('is not read with %s', async (_, text) => {
    if (text !== null) expect(await saidOf(text)).toMatchObject({ ok: false });
  });

  it('is given as it was signed, a byte order mark among it', async () => {
    const text = `\ufeff${canonicalJson(payload)}`;
    const signed = await new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'ES256', typ: TYPE, kid })
      .sign(keys.privateKey);
    expect(await saidOf(signed)).toEqual({ ok: true, text });
  });

  it('is not read with anything in its header but its three keys, nor written in another way', async () => {
    expect(await saidOf(await signedWith({}))).toMatchObject({ ok: true });
    for (const more of [{ x: 1 }, { cty: 'json' }, { jwk: publicKey }, { alg: 'ES256', b64: true }])
      expect(await saidOf(await signedWith(more as object))).toEqual({
        ok: false,
        reason: 'signature-wrong',
      });
    const header = `\ufeff${JSON.stringify({ alg: 'ES256', typ: TYPE, kid })}`;
    const [, said = ''] = jws.split('.');
    const signed = `${bytesToBase64Url(new TextEncoder().encode(header))}.${said}`;
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      keys.privateKey,
      new TextEncoder().encode(signed),
    );
    expect(await saidOf(`${signed}.${bytesToBase64Url(new Uint8Array(signature))}`)).toMatchObject({
      ok: false,
    });
  });
});
