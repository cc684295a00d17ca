import { describe, expect, it } from 'vitest';
import { type JsonObject, keyThumbprint, portableSignatures, type SignatureCheck, signJws } from '#values';
import { nodeSignatures } from './node-signatures.ts';

async function makeSigner() {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk: JsonObject = { kty: kty!, crv: crv!, x: x!, y: y! };
  const kid = await keyThumbprint(jwk);
  return { publicKey: jwk, sign: (payload: string) => signJws(payload, 'test', privateKey, kid) };
}

async function checkOf(publicKey: JsonObject): Promise<SignatureCheck> {
  const check = await nodeSignatures(publicKey);
  if (check === null) throw new Error('A key that is none.');
  return check;
}

describe('signatures checked in threads', () => {
  it('answers each of many texts, right and wrong ones among each other, for itself', async () => {
    const [mine, other] = [await makeSigner(), await makeSigner()];
    const texts = await Promise.all(
      Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? other : mine).sign(`visit ${index}`)),
    );
    const [byMine, byOther] = [await checkOf(mine.publicKey), await checkOf(other.publicKey)];
    const [areMine, areOther] = await Promise.all([
      Promise.all(texts.map(byMine)),
      Promise.all(texts.map(byOther)),
    ]);
    expect(areMine).toEqual(texts.map((_, index) => index % 3 !== 0));
    expect(areOther).toEqual(texts.map((_, index) => index % 3 === 0));
  });

  it('says of whatever it is given what the check says that runs everywhere', async () => {
    const { publicKey, sign } = await makeSigner();
    const [check, portable] = [await checkOf(publicKey), await portableSignatures(publicKey)];
    const jws = await sign('a receipt');
    const [header, payload, signature] = jws.split('.');
    const changed = Array.from(
      { length: Math.ceil(jws.length / 7) },
      (_, index) =>
        `${jws.slice(0, index * 7)}${jws[index * 7] === 'A' ? 'B' : 'A'}${jws.slice(index * 7 + 1)}`,
    );
    const malformed = [
      '',
      '.',
      '..',
      'a',
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${jws}AAAA`,
      `.${jws}`,
    ];
    const swapped = `${header}.${signature}.${payload}`;
    for (const text of [jws, ...changed, ...malformed, swapped]) {
      expect(await check(text), text).toBe(await portable?.(text));
    }
    expect(await check(jws)).toBe(true);
  });

  it('knows a key that is no point of the curve', async () => {
    const { publicKey } = await makeSigner();
    expect(await nodeSignatures({ ...publicKey, x: 'A'.repeat(43) })).toBeNull();
    expect(await nodeSignatures({})).toBeNull();
  });
});
