import { isRandomId, type ReceiptId } from '#values';

/** What stands after `#` in a receipt's link: the secret, and the thumbprint of the key that signed, so that the phone need not trust the server for it. */
export function receiptLinkFragment(secret: string, keyThumbprint: string): string {
  return `${secret}.${keyThumbprint}`;
}

const THUMBPRINT = /^[\w-]{43}$/;

/** Secret and thumbprint in what somebody pasted: a receipt's whole link, or what stands after `#` in it. Null where there is no secret. */
export function readPastedReceipt(
  pasted: string,
): { readonly secret: string; readonly keyThumbprint: string | null } | null {
  const [secret = '', keyThumbprint = ''] = pasted.trim().split('#').at(-1)?.split('.') ?? [];
  if (!isRandomId(secret)) return null;
  return { secret, keyThumbprint: THUMBPRINT.test(keyThumbprint) ? keyThumbprint : null };
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
  if (keyThumbprint !== undefined && !THUMBPRINT.test(keyThumbprint)) return null;
  return { receiptId: receiptId as ReceiptId, secret, keyThumbprint: keyThumbprint ?? null };
}
