/** What tests of other rooms make receipts of. Never in a program that is shipped. */
export { KNOWN_LAWS } from '../laws.ts';
export { facts, makeKey } from './receipt-facts.ts';
