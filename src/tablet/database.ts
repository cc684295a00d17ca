import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Purpose } from '#consent';
import { type Cell, K_MIN } from '#counting';
import type { Head, LedgerRecord } from '#ledger';
import type { KioskConfig, PairResponse } from '#protocol';
import type { Instant, JsonObject, LookId, ReceiptId, Sha256 } from '#values';
import type { StandingRefusal } from './standing-refusal.ts';

/** The tablet's own key and, once an administrator or the demo server has let it in, what it is called. */
export interface Identity {
  readonly keys: CryptoKeyPair;
  readonly publicKey: JsonObject;
  readonly kid: string;
  readonly paired: PairResponse | null;
}

export interface StoredReceipt {
  readonly id: ReceiptId;
  readonly purposes: readonly Purpose[];
  readonly issuedAt: Instant;
  /** For how many days it says that its link is kept; left out where it was given before that was noted. */
  readonly linkDays?: number;
  /** `cut`: it counted, and nothing here says any more when. */
  readonly contribution: 'none' | 'counted' | 'withdrawn' | 'cut';
  /** When its contribution was recorded. Left out until then and once the link is cut, which keeps it out of the index. */
  readonly countedAt?: Instant;
  /** It was taken back after its link was cut: what it added is in a number about nobody, and stays. */
  readonly wasTooLate?: true;
}

/** One person's age band and gender. This store is the only place of the whole system that links them to a receipt. */
export interface StoredAnswer {
  readonly receiptId: ReceiptId;
  readonly cell: Cell;
  /** The k that the receipt's notice promised: no release with this answer is of fewer people, whatever the setting says later. */
  readonly promised: number;
  readonly state: 'add' | 'subtract' | 'released';
}

export interface StoredTally {
  /** Hour of the shop's own clock, `2026-11-24T15`. */
  readonly hour: string;
  readonly declined: number;
  readonly left: number;
  /** Its `tally-closed` entry is written: the hour takes no more. */
  readonly closed: boolean;
}

/** Which receipt a withdrawal code takes back. The code itself is known to the visitor alone. */
interface StoredCode {
  readonly hash: Sha256;
  readonly receiptId: ReceiptId;
}

export interface GuessCount {
  readonly wrong: number;
  readonly lockedUntil: Instant;
  /** When the newest of them was made. */
  readonly countedAt?: Instant;
  /** It was taken back after its link was cut: what it added is in a number about nobody, and stays. */
  readonly wasTooLate?: true;
}

/** Single values, each under its own key. */
interface Meta {
  identity: Identity;
  config: { readonly config: KioskConfig; readonly etag: string | null };
  head: Head;
  /** Newest entry that the server has acknowledged. */
  acknowledged: Head;
  openLook: { readonly lookId: LookId; readonly receiptIds: readonly ReceiptId[] };
  clock: { readonly offsetMs: number };
  /** When the clock was last believed, to about an hour. */
  believedAt: Instant;
  noticesInForce: readonly Sha256[];
  /** What was drawn for the next release: how many people it waits for, and when it is tried. */
  releasePlan: { readonly patience: number; readonly nextTryAt: Instant };
  /** Why the server takes nothing of this tablet. */
  refusal: StandingRefusal;
  /** Written and deleted again, to see whether there is room. */
  probe: string;
  /** Number of the oldest record that retention has left here. */
  firstKept: number;
  /** Just after the newest hour whose tally was closed and deleted. */
  talliesKeptSince: Instant;
  /** When retention last ran here. */
  retentionRanAt: Instant;
  pinGuesses: GuessCount;
  codeGuesses: GuessCount;
}

interface AskFirstSchema extends DBSchema {
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
  entries: { key: number; value: LedgerRecord & { readonly seq: number } };
  receipts: { key: string; value: StoredReceipt; indexes: { countedAt: Instant } };
  answers: { key: string; value: StoredAnswer };
  tallies: { key: string; value: StoredTally };
  codes: { key: string; value: StoredCode };
}

const STORES = ['meta', 'entries', 'receipts', 'answers', 'tallies', 'codes'] as const;
const DATABASE_NAME = 'askfirst';
const DATABASE_VERSION = 3;

export type Database = IDBPDatabase<AskFirstSchema>;
export type WriteTransaction = IDBPTransaction<AskFirstSchema, (typeof STORES)[number][], 'readwrite'>;

/**
 * Opens the tablet's database and brings an older one forward. A migration that fails leaves the old one as it was. `onLost` is called where
 * the browser takes the storage away under the running page, as it may when the disk is full.
 */
export async function openDatabase(onLost: () => void): Promise<Database> {
  return openDB<AskFirstSchema>(DATABASE_NAME, DATABASE_VERSION, {
    terminated: onLost,
    async upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion < 1) {
        database.createObjectStore('meta');
        database.createObjectStore('entries', { keyPath: 'seq' });
        database.createObjectStore('receipts', { keyPath: 'id' }).createIndex('countedAt', 'countedAt');
        database.createObjectStore('answers', { keyPath: 'receiptId' });
        database.createObjectStore('tallies', { keyPath: 'hour' });
      }
      if (oldVersion < 2) database.createObjectStore('codes', { keyPath: 'hash' });
      if (oldVersion < 3) await addPromises(transaction);
    },
  });
}

/** Before version 3 an answer did not hold its promise: it is given the one that the settings made when the tablet last heard of them. */
async function addPromises(
  transaction: IDBPTransaction<AskFirstSchema, (typeof STORES)[number][], 'versionchange'>,
): Promise<void> {
  const kept = (await transaction.objectStore('meta').get('config')) as Meta['config'] | undefined;
  const promised = kept?.config.settings.releaseMin ?? K_MIN;
  const answers = transaction.objectStore('answers');
  for (const answer of await answers.getAll()) await answers.put({ ...answer, promised });
}

/** Chromium's default is relaxed: the promise "acknowledged is kept" needs the write to be on disk. */
export function beginWrite(database: Database): WriteTransaction {
  return database.transaction([...STORES], 'readwrite', { durability: 'strict' });
}

export async function readMeta<Key extends keyof Meta>(
  source: Database | WriteTransaction,
  key: Key,
): Promise<Meta[Key] | null> {
  const value = 'objectStore' in source ? source.objectStore('meta').get(key) : source.get('meta', key);
  // Each key is only ever written by `writeMeta` with its own type.
  return ((await value) as Meta[Key] | undefined) ?? null;
}

export async function writeMeta<Key extends keyof Meta>(
  transaction: WriteTransaction,
  key: Key,
  value: Meta[Key],
): Promise<void> {
  await transaction.objectStore('meta').put(value, key);
}
