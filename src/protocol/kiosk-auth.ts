import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import {
  type Instant,
  instant,
  type JsonObject,
  MINUTE_MS,
  type Outcome,
  SECOND_MS,
  type Sha256,
  sha256,
} from '#values';

export const KIOSK_REQUEST_TYPE = 'kiosk-request+jwt';
/** A request signed longer ago or further ahead than this is refused, so that a recorded one is soon worthless. */
export const MAX_CLOCK_SKEW_MS = 5 * MINUTE_MS;

/** What a kiosk signs with each request: the method, the path and the body it belongs to. */
export interface KioskRequestClaims {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: Sha256;
}

export type KioskRequestFault = 'request-signature-wrong' | 'clock-wrong';

const claimsSchema = z.object({
  htm: z.string(),
  htu: z.string(),
  bsh: z.string(),
  iat: z.number(),
});

export function bodyHash(body: string): Sha256 {
  return sha256(body);
}

/** The `Authorization: Bearer` value of one request: a JWT (RFC 7519) over the request itself, much as in RFC 9449. */
export async function signKioskRequest(
  claims: KioskRequestClaims,
  key: CryptoKey,
  kid: string,
  now: Instant,
): Promise<string> {
  return new SignJWT({ htm: claims.method, htu: claims.path, bsh: claims.body })
    .setProtectedHeader({ alg: 'ES256', typ: KIOSK_REQUEST_TYPE, kid })
    .setIssuedAt(Math.floor(now / SECOND_MS))
    .sign(key);
}

/** Checks that a token was signed by this key, lately, for exactly this request. */
export async function verifyKioskRequest(
  token: string,
  claims: KioskRequestClaims,
  publicKey: JsonObject,
  now: Instant,
): Promise<Outcome<object, KioskRequestFault>> {
  const verified = await verifyKioskRequestHead(token, claims, publicKey, now);
  if (!verified.ok) return verified;
  return verified.body === claims.body ? { ok: true } : { ok: false, reason: 'request-signature-wrong' };
}

/**
 * The same before the body has come: gives the hash of the only body that the request may have. So a stranger's is not even read, which costs
 * far more than to check a signature.
 */
export async function verifyKioskRequestHead(
  token: string,
  { method, path }: Omit<KioskRequestClaims, 'body'>,
  publicKey: JsonObject,
  now: Instant,
): Promise<Outcome<{ readonly body: string }, KioskRequestFault>> {
  const payload = await readToken(token, publicKey);
  if (payload === null || payload.htm !== method || payload.htu !== path) {
    return { ok: false, reason: 'request-signature-wrong' };
  }
  const age = Math.abs(now - instant(payload.iat * SECOND_MS));
  return age > MAX_CLOCK_SKEW_MS ? { ok: false, reason: 'clock-wrong' } : { ok: true, body: payload.bsh };
}

async function readToken(token: string, publicKey: JsonObject) {
  try {
    const key = await importJWK(publicKey as JWK, 'ES256');
    const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], typ: KIOSK_REQUEST_TYPE });
    return claimsSchema.parse(payload);
  } catch {
    return null;
  }
}
