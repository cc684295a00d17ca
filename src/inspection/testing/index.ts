/** Ledgers for tests and benches, with real keys and signatures. Never part of what is shipped. */
export { contentOf } from './files.ts';
export { LedgerMaker, makeKeys } from './ledger-maker.ts';
export { playVisits } from './play-visits.ts';
