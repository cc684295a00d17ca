/** What a part of the product meets of a visitor. Closed, so that each has its plain words in every language. */
export const TOUCHES = [
  /** Pixels of the camera, on the tablet, in memory, while the camera is open. */
  'pixels',
  /** Ages and genders that wait on the tablet to be added up. */
  'waiting-answers',
  /** Entries of the ledger and signed receipts, as they are made, sent, checked or kept. */
  'records',
  /** Keys and signatures. */
  'signatures',
  /** What a visitor taps and reads. */
  'taps',
  /** Numbers that are counts already. */
  'counts',
  /** A session of staff. */
  'staff-sessions',
  /** The project's own words and pages. */
  'own-words',
] as const;
export type Touch = (typeof TOUCHES)[number];

export interface Supplier {
  /** As package.json calls it, or the name of what is no package. */
  readonly name: string;
  readonly isPackage: boolean;
  readonly runsIn: 'tablet' | 'browser' | 'server' | 'everywhere';
  /** Empty: nothing of a visitor. */
  readonly touches: readonly Touch[];
}

const part = (name: string, runsIn: Supplier['runsIn'], ...touches: readonly Touch[]): Supplier => ({
  name,
  isPackage: true,
  runsIn,
  touches,
});
const place = (name: string, runsIn: Supplier['runsIn'], ...touches: readonly Touch[]): Supplier => ({
  name,
  isPackage: false,
  runsIn,
  touches,
});

/**
 * Everybody whose work the product is built on directly, and what it touches; those that they need in turn stand in the bill of materials.
 * Kept by hand, since no tool knows what a part touches. A test fails where package.json names one that is not here.
 */
export const SUPPLIERS: readonly Supplier[] = [
  part('face-api.js', 'tablet', 'pixels'),
  part('@tensorflow/tfjs-core', 'tablet', 'pixels'),
  part('@tensorflow/tfjs-backend-webgl', 'tablet', 'pixels'),
  part('@tensorflow/tfjs-backend-wasm', 'tablet', 'pixels'),
  part('idb', 'tablet', 'records', 'waiting-answers'),
  part('xstate', 'tablet', 'taps'),
  part('@xstate/react', 'tablet', 'taps'),
  part('uqr', 'tablet', 'records'),
  part('react', 'browser', 'taps', 'counts'),
  part('react-dom', 'browser', 'taps', 'counts'),
  part('i18next', 'everywhere', 'own-words'),
  part('preact', 'browser', 'records'),
  part('recharts', 'browser', 'counts'),
  part('zod', 'everywhere', 'records', 'counts'),
  part('jose', 'everywhere', 'records', 'signatures'),
  part('canonicalize', 'everywhere', 'records'),
  part('@noble/hashes', 'everywhere', 'records'),
  part('fastify', 'server', 'records', 'counts'),
  part('@fastify/cookie', 'server', 'staff-sessions'),
  part('@fastify/helmet', 'server'),
  part('@fastify/rate-limit', 'server'),
  part('@fastify/static', 'server', 'own-words'),
  part('kysely', 'server', 'records', 'counts'),
  part('pg', 'server', 'records', 'counts'),
  part('marked', 'server', 'own-words'),
  place('Node.js', 'server', 'records', 'counts', 'signatures'),
  place('SQLite / PostgreSQL', 'server', 'records', 'counts'),
  place('Chromium', 'tablet', 'pixels', 'waiting-answers', 'records', 'taps'),
];
