import { z } from 'zod';
import { isoTimeField, keyThumbprintField, secretField } from './fields.ts';
import { publicKeySchema } from './kiosk.ts';

/**
 * A receipt is read and withdrawn with its secret, in the body: never in an address that reaches the server. `keyThumbprint` is the link's own: an id
 * can be read off a screen and used again by another kiosk, whose receipt this link does not mean.
 */
export const receiptSecretRequestSchema = z.strictObject({
  secret: secretField,
  keyThumbprint: keyThumbprintField.optional(),
});
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
