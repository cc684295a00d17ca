import { instantFromIso } from '#values';
import { objectIn, oneOf, readForm, textIn } from './read-form.ts';
import type { ReceiptAnswer } from './receipt-page.ts';
import { REFUSAL_REASONS, type RefusalReason } from './refusal-reasons.ts';

const CONTRIBUTIONS = ['none', 'counted', 'withdrawn', 'anonymous'] as const;
const COORDINATE = /^[\w-]{43}$/;

/** The server's answer about a receipt, or null where it is none of ours. Says what `receiptAnswerSchema` says, for a phone that comes without zod. */
export function readReceiptAnswer(body: unknown): ReceiptAnswer | null {
  return readForm(() => {
    const answer = objectIn(body);
    if (oneOf(answer.state, ['known', 'unknown']) === 'unknown') return { state: 'unknown' };
    const key = objectIn(answer.publicKey);
    return {
      state: 'known',
      receipt: textIn(answer.receipt, () => true),
      publicKey: {
        kty: oneOf(key.kty, ['EC']),
        crv: oneOf(key.crv, ['P-256']),
        x: textIn(key.x, isCoordinate),
        y: textIn(key.y, isCoordinate),
      },
      contribution: oneOf(answer.contribution, CONTRIBUTIONS),
      withdrawnAt:
        answer.withdrawnAt === null
          ? null
          : textIn(answer.withdrawnAt, (text) => instantFromIso(text) !== null),
    };
  });
}

/** Why the server said no, or null where it was not our server that said it. */
export function readRefusalReason(body: unknown): RefusalReason | null {
  return readForm(() => oneOf(objectIn(body).reason, REFUSAL_REASONS));
}

function isCoordinate(text: string): boolean {
  return COORDINATE.test(text);
}
