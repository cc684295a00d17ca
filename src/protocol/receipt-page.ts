import { z } from 'zod';
import { isRandomId, type ReceiptId } from '#values';
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

/** What stands after `#` in a receipt's link: the secret, and the thumbprint of the key that signed, so that the phone need not trust the server for it. */
export function receiptLinkFragment(secret: string, keyThumbprint: string): string {
  return `${secret}.${keyThumbprint}`;
}

/** The secret in what somebody pasted: a receipt's whole link, or what stands after `#` in it. Null where there is none. */
export function readReceiptSecret(pasted: string): string | null {
  const [secret = ''] = pasted.trim().split('#').at(-1)?.split('.') ?? [];
  return isRandomId(secret) ? secret : null;
}

/** The parts of a receipt's address, or null where it is not one. The thumbprint is null where a link carries the secret alone. */
export function readReceiptLink(
  pathname: string,
  hash: string,
): { readonly receiptId: ReceiptId; readonly secret: string; readonly keyThumbprint: string | null } | null {
  const receiptId = /^\/r\/([^/]+)\/?$/.exec(pathname)?.[1];
  const [secret, keyThumbprint, ...rest] = hash.replace(/^#/, '').split('.');
  if (receiptId === undefined || !isRandomId(receiptId) || rest.length > 0) return null;
  if (secret === undefined || !isRandomId(secret)) return null;
  if (keyThumbprint !== undefined && !/^[\w-]{43}$/.test(keyThumbprint)) return null;
  return { receiptId: receiptId as ReceiptId, secret, keyThumbprint: keyThumbprint ?? null };
}
