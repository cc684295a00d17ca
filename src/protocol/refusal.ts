import { z } from 'zod';
import { isoTimeField, sha256Field, textField, wholeField } from './fields.ts';
import { REFUSAL_REASONS } from './refusal-reasons.ts';

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
