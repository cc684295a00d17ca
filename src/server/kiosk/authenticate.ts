import type { FastifyRequest } from 'fastify';
import { decodeProtectedHeader } from 'jose';
import type { Selectable } from 'kysely';
import { type RefusalReason, verifyKioskRequest, verifyKioskRequestHead } from '#protocol';
import type { JsonObject, Outcome, Sha256 } from '#values';
import type { ServerContext } from '../context.ts';
import type { Tables } from '../database/schema.ts';
import { hashText } from '../hash-text.ts';
import { rawBody } from '../json-body.ts';

export type KioskRow = Selectable<Tables['kiosk']>;

/** An RFC 7638 thumbprint. Anything else never reaches the database. */
const KEY_ID = /^[\w-]{43}$/;

/** Who signed a request, and the hash of the only body that it may have. */
export interface SignedRequest {
  readonly kiosk: KioskRow;
  readonly body: string;
}

/** The kiosk that signed this request with its key, before its body has come. */
export async function authenticateKiosk(
  { db, now }: ServerContext,
  request: FastifyRequest,
): Promise<Outcome<{ readonly signed: SignedRequest }, RefusalReason>> {
  const token = bearerToken(request);
  const kid = token === null ? null : keyIdOf(token);
  if (token === null || kid === null) return { ok: false, reason: 'kiosk-unknown' };
  const kiosk = await db.selectFrom('kiosk').selectAll().where('kid', '=', kid).executeTakeFirst();
  if (kiosk === undefined) return { ok: false, reason: 'kiosk-unknown' };
  const publicKey = JSON.parse(kiosk.public_key_json);
  const verified = await verifyKioskRequestHead(token, headOf(request), publicKey, now());
  if (!verified.ok) return verified;
  if (kiosk.revoked_at !== null) return { ok: false, reason: 'kiosk-revoked' };
  return { ok: true, signed: { kiosk, body: verified.body } };
}

/** Whether a request came with the body that its kiosk signed. */
export function hasSignedBody(request: FastifyRequest, { body }: SignedRequest): boolean {
  return bodyHashOf(request) === body;
}

/** Whether a request is signed by the key that it brings: what pairing asks for. */
export async function isSignedBy(
  { now }: ServerContext,
  request: FastifyRequest,
  publicKey: JsonObject,
): Promise<Outcome<object, RefusalReason>> {
  const token = bearerToken(request);
  if (token === null) return { ok: false, reason: 'request-signature-wrong' };
  const claims = { ...headOf(request), body: bodyHashOf(request) };
  return verifyKioskRequest(token, claims, publicKey, now());
}

function headOf(request: FastifyRequest) {
  return { method: request.method === 'POST' ? 'POST' : 'GET', path: request.url } as const;
}

function bodyHashOf(request: FastifyRequest): Sha256 {
  return hashText(rawBody(request));
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
