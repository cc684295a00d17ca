import { bytesToHex, type Instant, RANDOM_ID_BYTES, type RandomBytes } from '#values';
import { correctedClock } from '../clock.ts';
import type { TabletCore } from '../core.ts';
import type { Database, StoredAnswer, WriteTransaction } from '../database.ts';
import { readKeptClock } from '../kept-clock.ts';
import { LONGEST_PAUSE_MS, releaseIfDue } from '../pending-release.ts';

const KEY_PATHS: Readonly<Record<string, string>> = {
  entries: 'seq',
  receipts: 'id',
  answers: 'receiptId',
  tallies: 'hour',
  codes: 'hash',
};
const STORES = ['meta', ...Object.keys(KEY_PATHS)];
type Stores = Map<string, Map<unknown, unknown>>;

/** What a tablet keeps, in memory: transactions take turns, and one that is aborted leaves nothing. IndexedDB itself is tried in a browser. */
class MemoryDatabase {
  private stores: Stores = new Map(STORES.map((name) => [name, new Map()]));
  private lastTurn: Promise<unknown> = Promise.resolve();
  /** What the next transaction ends with instead of success. */
  nextFault: DOMException | null = null;
  /** The browser took the storage away while the page runs. */
  isGone = false;

  async get(store: string, key: unknown): Promise<unknown> {
    return this.stores.get(store)?.get(key);
  }
  /** `after`: what stands in for a range of keys. */
  async getAll(store: string, after: { readonly seq: number } | null = null): Promise<unknown[]> {
    const all = [...(this.stores.get(store) ?? [])];
    return all.filter(([key]) => after === null || Number(key) > after.seq).map(([, value]) => value);
  }

  /** As in a browser, it commits by itself once it is asked for nothing more, and so must never wait for anything else. */
  transaction(): unknown {
    if (this.isGone) throw new DOMException('The connection is closing.', 'InvalidStateError');
    let draft: Stores = new Map();
    let isOver = false;
    let asked = 0;
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    const begun = this.lastTurn.then(() => {
      draft = new Map([...this.stores].map(([name, values]) => [name, new Map(values)]));
      commitWhenIdle();
    });
    this.lastTurn = done.catch(() => undefined);

    const end = (fault: DOMException | null): void => {
      if (isOver) throw new DOMException('The transaction is over.', 'InvalidStateError');
      isOver = true;
      if (fault === null) this.stores = draft;
      if (fault === null) resolve();
      else reject(fault);
    };
    const commitWhenIdle = (): void => {
      const askedBefore = asked;
      setImmediate(() => {
        if (isOver || asked !== askedBefore) return;
        const fault = this.nextFault;
        this.nextFault = null;
        end(fault);
      });
    };
    const ask = async <Result>(step: () => Result): Promise<Result> => {
      asked += 1;
      await begun;
      if (isOver) throw new DOMException('The transaction is over.', 'TransactionInactiveError');
      commitWhenIdle();
      return step();
    };
    const objectStore = (name: string) => {
      const values = () => draft.get(name) ?? new Map<unknown, unknown>();
      const keyOf = (value: unknown, key: unknown) =>
        key ?? (value as Record<string, unknown>)[KEY_PATHS[name] ?? ''];
      return {
        get: (key: unknown) => ask(() => values().get(key)),
        getAll: () => ask(() => [...values().values()]),
        put: (value: unknown, key?: unknown) => ask(() => values().set(keyOf(value, key), value)),
        add: (value: unknown, key?: unknown) =>
          ask(() => {
            if (values().has(keyOf(value, key)))
              throw new DOMException('The key is taken.', 'ConstraintError');
            values().set(keyOf(value, key), value);
          }),
        delete: (key: unknown) => ask(() => values().delete(key)),
      };
    };
    const abort = () => end(new DOMException('It was aborted.', 'AbortError'));
    return { objectStore, error: null, done, abort } satisfies Partial<
      Record<keyof WriteTransaction, unknown>
    >;
  }
}

export interface MemoryTablet {
  readonly core: TabletCore;
  readonly database: MemoryDatabase;
  /** Turns the tablet's clock, as hands or a flat battery do: no time goes by. */
  readonly turnClock: (milliseconds: number) => void;
  readonly passTime: (milliseconds: number) => void;
  /** The page begins anew after the tablet was off for so long, with what is kept on disk. */
  readonly restart: (offMs: number) => Promise<void>;
  readonly entriesOf: (kind: string) => Promise<readonly Record<string, unknown>[]>;
  readonly answers: () => Promise<readonly StoredAnswer[]>;
}

/** A paired tablet with its storage in memory and a clock that tests turn. */
export function memoryTablet(settings: object = {}): MemoryTablet {
  const database = new MemoryDatabase();
  let time = Date.UTC(2026, 10, 24, 12);
  let passed = 0;
  let drawn = 0;
  const random: RandomBytes = (length) =>
    new Uint8Array(length).fill(0).map((_, at) => (at === 0 ? drawn++ : drawn >> 8));
  const deviceNow = (): number => time;
  const elapsed = (): number => passed;
  const config = {
    shop: { timeZone: 'Europe/Dublin' },
    controller: { retention: { linkDays: 30, receiptYears: 3 } },
    settings: { releaseMin: 10, ...settings },
  };
  const clock = correctedClock({ offsetMs: 0, believedAt: null }, deviceNow, elapsed);
  clock.set({ offsetMs: 0, uncertaintyMs: 1 });
  const core = {
    database: database as unknown as Database,
    paired: { kioskId: 'K'.repeat(22) },
    clock,
    now: (): Instant => core.clock.now(),
    random,
    config: () => config,
    changed: () => undefined,
  } as unknown as { -readonly [Part in keyof TabletCore]: TabletCore[Part] };
  return {
    core,
    database,
    turnClock: (milliseconds) => {
      time += milliseconds;
    },
    passTime: (milliseconds) => {
      time += milliseconds;
      passed += milliseconds;
    },
    restart: async (offMs) => {
      time += offMs;
      core.clock = correctedClock(await readKeptClock(core.database), deviceNow, elapsed);
    },
    entriesOf: async (kind) => {
      const records = (await database.getAll('entries')) as {
        entry: { kind: string };
        body: Record<string, unknown>;
      }[];
      return records.filter(({ entry }) => entry.kind === kind).map(({ body }) => body);
    },
    answers: async () => (await database.getAll('answers')) as StoredAnswer[],
  };
}

/** Tries a release at two moments that were drawn; the first try of a tablet only draws. */
export async function letReleasesGo({ core, passTime }: MemoryTablet): Promise<void> {
  for (let moment = 0; moment < 2; moment += 1) {
    passTime(LONGEST_PAUSE_MS);
    await releaseIfDue(core);
  }
}

/** An id of the form that crosses the wire, which tells a test whose it is. */
export function idNamed<Id extends string>(name: string): Id {
  return name.padEnd(Math.ceil((RANDOM_ID_BYTES * 8) / 6), '_') as Id;
}

/** The hash of a PIN as a server sends it. */
export async function pinSettings(pin: string): Promise<object> {
  const salt = new Uint8Array(16);
  const iterations = 10;
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    256,
  );
  return { staffPin: { salt: 'A'.repeat(22), iterations, hash: bytesToHex(new Uint8Array(bits)) } };
}
