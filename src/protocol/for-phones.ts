/** What a visitor's phone needs of this room, and nothing else: it loads as little as can be. */
export { apiPaths } from './paths.ts';
export { type ReceiptAnswer, readReceiptLink, receiptAnswerSchema } from './receipt-page.ts';
export { type ReceiptReading, readReceiptDocument } from './receipt-reading.ts';
export { type FactPart, receiptInWords } from './receipt-words.ts';
export { refusalSchema } from './refusal.ts';
