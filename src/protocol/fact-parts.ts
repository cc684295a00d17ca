/** A question that a receipt answers, with its answer in plain words. */
export interface ReceiptFact {
  readonly name: string;
  readonly parts: readonly FactPart[];
  /** For whoever wants to know everything: told after all the others, and on the phone behind one tap. */
  readonly isDetail: boolean;
}

export type FactPart =
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Without an address where what was written is none that may be followed. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string | null; readonly isOurs: boolean };

export const list = (items: readonly string[]): FactPart => ({ kind: 'list', items });
export const text = (words: string): FactPart => ({ kind: 'text', text: words });
export const link = (words: string, contact: string): FactPart => ({
  kind: 'link',
  text: words,
  href: addressOf(contact),
  isOurs: false,
});

const MAIL_ADDRESS = /^[^\s@:/?]+@[^\s@:/?]+$/;

/** Where a contact of a receipt leads: only a mail or web address is followed, since others wrote it. */
export function addressOf(contact: string): string | null {
  if (MAIL_ADDRESS.test(contact)) return `mailto:${contact}`;
  return /^https?:\/\//.test(contact) ? contact : null;
}
