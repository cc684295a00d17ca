import type { FastifyRequest } from 'fastify';
import { decodeProtectedHeader } from 'jose';
import type { Selectable } from 'kysely';
import { type RefusalReason, verifyKioskRequest } from '#protocol';
import type { JsonObject, Outcome } from '#values';
import type { ServerContext } from '../context.ts';
import type { Tables } from '../database/schema.ts';
import { hashText } from '../hash-text.ts';
import { rawBody } from '../json-body.ts';

export type KioskRow = Selectable<Tables['kiosk']>;

/** An RFC 7638 thumbprint. Anything else never reaches the database. */
const KEY_ID = /^[\w-]{43}$/;

/** The kiosk that signed this very request with its key. */
export async function authenticateKiosk(
  { db, now }: ServerContext,
  request: FastifyRequest,
): Promise<Outcome<{ readonly kiosk: KioskRow }, RefusalReason>> {
  const token = bearerToken(request);
  const kid = token === null ? null : keyIdOf(token);
  if (token === null || kid === null) return { ok: false, reason: 'kiosk-unknown' };
  const kiosk = await db.selectFrom('kiosk').selectAll().where('kid', '=', kid).executeTakeFirst();
  if (kiosk === undefined) return { ok: false, reason: 'kiosk-unknown' };
  const verified = await verifyKioskRequest(
    token,
    claimsOf(request),
    JSON.parse(kiosk.public_key_json),
    now(),
  );
  if (!verified.ok) return verified;
  return kiosk.revoked_at === null ? { ok: true, kiosk } : { ok: false, reason: 'kiosk-revoked' };
}

/** Whether a request is signed by the key that it brings: what pairing asks for. */
export async function isSignedBy(
  { now }: ServerContext,
  request: FastifyRequest,
  publicKey: JsonObject,
): Promise<Outcome<object, RefusalReason>> {
  const token = bearerToken(request);
  if (token === null) return { ok: false, reason: 'request-signature-wrong' };
  return verifyKioskRequest(token, claimsOf(request), publicKey, now());
}

function claimsOf(request: FastifyRequest) {
  const method = request.method === 'POST' ? 'POST' : 'GET';
  return { method, path: request.url, body: hashText(rawBody(request)) } as const;
}

function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer ([\w.-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function keyIdOf(token: string): string | null {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' && KEY_ID.test(kid) ? kid : null;
  } catch {
    return null;
  }
}
