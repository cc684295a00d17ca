import { readReceiptLink } from '#protocol';
import type { ReceiptLink } from '../server-client.ts';

/** The receipt that a pasted link names, or null where it is none. Whose server it names does not matter: ours answers for its own. */
export function readPastedLink(pasted: string): ReceiptLink | null {
  const text = pasted.trim();
  if (!URL.canParse(text)) return null;
  const { pathname, hash } = new URL(text);
  const link = readReceiptLink(pathname, hash);
  return link === null ? null : { receiptId: link.receiptId, secret: link.secret };
}
