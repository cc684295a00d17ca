/** What a visitor's phone needs of this room, and nothing else: it comes without zod, which is half of a light page. */
export type { FactPart, ReceiptFact } from './fact-parts.ts';
export { apiPaths } from './paths.ts';
export { readReceiptAnswer, readRefusalReason } from './receipt-answer.ts';
export { receiptCopy, receiptCopyName } from './receipt-copy.ts';
export { readReceiptLink } from './receipt-link.ts';
export type { ReceiptAnswer } from './receipt-page.ts';
export { type ReceiptReading, readReceiptDocument } from './receipt-reading.ts';
export { receiptInWords } from './receipt-words.ts';
