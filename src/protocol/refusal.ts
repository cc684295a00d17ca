import { z } from 'zod';
import { isoTimeField, sha256Field, textField, wholeField } from './fields.ts';

/** Why the server said no. Closed, so that each has its words for a person and its test. */
export const REFUSAL_REASONS = [
  'malformed',
  'too-large',
  'too-many-requests',
  'not-found',
  'not-signed-in',
  'not-allowed',
  'link-used',
  'kiosk-unknown',
  'kiosk-revoked',
  'request-signature-wrong',
  'clock-wrong',
  'pairing-code-wrong',
  'chain-broken',
  'does-not-join',
  'fork',
  'checkpoint-wrong',
  'other-kiosk',
  'receipt-signature-wrong',
  'receipt-mismatch',
  'notice-unknown',
  'receipt-unknown',
  'look-unknown',
  'contribution-twice',
  'release-too-small',
  'release-too-large',
  'server-busy',
  'server-fault',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Body of every answer that is not a success. */
export const refusalSchema = z.strictObject({
  reason: z.enum(REFUSAL_REASONS),
  /** With `does-not-join` and `fork`: the head that the server has. */
  head: z.strictObject({ seq: wholeField, hash: sha256Field }).nullable().optional(),
  /** With `clock-wrong`: the server's time. */
  serverTime: isoTimeField.optional(),
  /** With a refused entry: its sequence number. */
  seq: wholeField.optional(),
  detail: textField.optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;
