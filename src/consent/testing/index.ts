/** What tests of other rooms make receipts of. Never in a program that is shipped. */
export { facts, makeKey } from './receipt-facts.ts';
