import type { FastifyReply } from 'fastify';
import type { Refusal, RefusalReason } from '#protocol';

const STATUS: Record<RefusalReason, number> = {
  malformed: 400,
  'too-large': 413,
  'too-many-requests': 429,
  'not-found': 404,
  'not-signed-in': 401,
  'not-allowed': 403,
  'link-used': 401,
  'name-taken': 409,
  'changed-meanwhile': 409,
  'words-too-long': 422,
  'published-too-often': 429,
  'too-many-notices': 422,
  'kiosk-unknown': 401,
  'kiosk-revoked': 403,
  'request-signature-wrong': 401,
  'clock-wrong': 401,
  'pairing-code-wrong': 403,
  'chain-broken': 422,
  'does-not-join': 409,
  fork: 409,
  'checkpoint-wrong': 422,
  'other-kiosk': 422,
  'receipt-signature-wrong': 422,
  'receipt-mismatch': 422,
  'notice-unknown': 422,
  'receipt-unknown': 422,
  'look-unknown': 422,
  'contribution-twice': 422,
  'release-too-small': 422,
  'release-too-large': 422,
  'server-busy': 503,
  'server-fault': 500,
};

/** Long enough for a database to change over or a disk to be cleared of logs; tablets add their own growing pauses. */
const RETRY_AFTER_SECONDS = 5;

/** Answers no, with the reason in the one form that all our clients read. */
export function refuse(
  reply: FastifyReply,
  reason: RefusalReason,
  more: Omit<Refusal, 'reason'> = {},
): FastifyReply {
  if (reason === 'server-busy') reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(STATUS[reason]).send({ reason, ...more } satisfies Refusal);
}
