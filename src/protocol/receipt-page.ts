import { z } from 'zod';
import { isoTimeField, secretField } from './fields.ts';
import { publicKeySchema } from './kiosk.ts';

/** A receipt is read and withdrawn with its secret, in the body: never in an address that reaches the server. */
export const receiptSecretRequestSchema = z.strictObject({ secret: secretField });
export type ReceiptSecretRequest = z.infer<typeof receiptSecretRequestSchema>;

/**
 * `unknown` is one answer for three cases that nobody may tell apart from outside: not arrived yet, no such receipt, wrong secret.
 * `waiting` tells a withdrawal's sender that it will be applied when the receipt arrives.
 */
export const receiptAnswerSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unknown') }),
  z.strictObject({
    state: z.literal('known'),
    receipt: z.string(),
    publicKey: publicKeySchema,
    /** `anonymous`: it was counted, and the link to its count is cut, so a withdrawal from then on changes no count. */
    contribution: z.enum(['none', 'counted', 'withdrawn', 'anonymous']),
    withdrawnAt: isoTimeField.nullable(),
  }),
]);
export type ReceiptAnswer = z.infer<typeof receiptAnswerSchema>;
