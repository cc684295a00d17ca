import fc from 'fast-check';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Instant, instant, type JsonObject } from '#values';
import {
  bodyHash,
  type KioskRequestClaims,
  MAX_CLOCK_SKEW_MS,
  signKioskRequest,
  verifyKioskRequest,
} from './kiosk-auth.ts';

/** A token says whole seconds. */
const TOKEN_STEP_MS = 1_000;
const claims = fc.record({
  method: fc.constantFrom('GET' as const, 'POST' as const),
  path: fc.webPath().map((path) => `/api${path}`),
  body: fc.string({ unit: 'grapheme' }).map(bodyHash),
});
const now = fc.integer({ min: 1.7e12, max: 1.9e12 }).map(instant);
const runs = { numRuns: 40 };

interface DeviceKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: JsonObject;
}

async function makeKey(): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: { kty, crv, x, y } as JsonObject };
}

describe("a kiosk's request", () => {
  let key: DeviceKey;
  let otherKey: DeviceKey;
  beforeAll(async () => {
    [key, otherKey] = await Promise.all([makeKey(), makeKey()]);
  });
  const sign = (what: KioskRequestClaims, at: Instant) => signKioskRequest(what, key.privateKey, 'kid', at);

  it('is believed as it was signed, within the skew that is allowed', async () => {
    const skew = fc.integer({
      min: -MAX_CLOCK_SKEW_MS + TOKEN_STEP_MS,
      max: MAX_CLOCK_SKEW_MS - TOKEN_STEP_MS,
    });
    await fc.assert(
      fc.asyncProperty(claims, now, skew, async (what, at, ms) => {
        const token = await sign(what, at);
        expect(await verifyKioskRequest(token, what, key.publicKey, instant(at + ms))).toEqual({ ok: true });
      }),
      runs,
    );
  });

  it('is refused for another method, path or body', async () => {
    await fc.assert(
      fc.asyncProperty(
        claims,
        claims,
        fc.constantFrom('method', 'path', 'body'),
        now,
        async (what, other, field, at) => {
          fc.pre(what[field as keyof typeof what] !== other[field as keyof typeof other]);
          const changed = { ...what, [field]: other[field as keyof typeof other] };
          expect(await verifyKioskRequest(await sign(what, at), changed, key.publicKey, at)).toEqual({
            ok: false,
            reason: 'request-signature-wrong',
          });
        },
      ),
      runs,
    );
  });

  it('is refused too long before or after it was signed, and told that it is the clock', async () => {
    const skew = fc.integer({ min: MAX_CLOCK_SKEW_MS + TOKEN_STEP_MS, max: 1e11 });
    await fc.assert(
      fc.asyncProperty(claims, now, skew, fc.boolean(), async (what, at, ms, isLate) => {
        const checkedAt = instant(at + (isLate ? ms : -ms));
        expect(await verifyKioskRequest(await sign(what, at), what, key.publicKey, checkedAt)).toEqual({
          ok: false,
          reason: 'clock-wrong',
        });
      }),
      runs,
    );
  });

  it('is refused with any other key', async () => {
    await fc.assert(
      fc.asyncProperty(claims, now, async (what, at) => {
        expect(await verifyKioskRequest(await sign(what, at), what, otherKey.publicKey, at)).toMatchObject({
          ok: false,
        });
      }),
      runs,
    );
  });

  it('is refused with any letter of its token changed', async () => {
    await fc.assert(
      fc.asyncProperty(claims, now, fc.nat(), async (what, at, place) => {
        const token = await sign(what, at);
        // The last letter of a part carries spare bits that base64url ignores; every other one counts.
        const index = place % token.length;
        const next = token[index + 1];
        fc.pre(next !== undefined && next !== '.' && token[index] !== '.');
        const changed = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
        expect(await verifyKioskRequest(changed, what, key.publicKey, at)).toMatchObject({ ok: false });
      }),
      runs,
    );
  });

  it('is refused where its token was signed as something else, or says no time', async () => {
    const what = { method: 'GET', path: '/api/kiosk/head', body: bodyHash('') } as const;
    const at = instant(1.8e12);
    const said = { htm: what.method, htu: what.path, bsh: what.body };
    const receipt = await new SignJWT({ ...said, iat: at / TOKEN_STEP_MS })
      .setProtectedHeader({ alg: 'ES256', typ: 'consent-receipt+jws' })
      .sign(key.privateKey);
    const timeless = await new SignJWT(said)
      .setProtectedHeader({ alg: 'ES256', typ: 'kiosk-request+jwt' })
      .sign(key.privateKey);
    for (const token of [receipt, timeless, '', 'a.b.c']) {
      expect(await verifyKioskRequest(token, what, key.publicKey, at)).toEqual({
        ok: false,
        reason: 'request-signature-wrong',
      });
    }
  });
});
