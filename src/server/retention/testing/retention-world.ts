import type { LedgerRecord } from '#ledger';
import { type ControllerId, type Instant, instant, type ShopId } from '#values';
import type { Database, DatabasePlace } from '../../database/open.ts';
import { countedByHour } from '../../staff/counted-by-hour.ts';
import type { RunningServer } from '../../start-server.ts';
import { startTestServer, turnableClock } from '../../testing/start-test-server.ts';
import { type GivenReceipt, TestKiosk } from '../../testing/test-kiosk.ts';
import { DEMO_SHOP } from '../../testing/test-staff.ts';
import { runRetention } from '../run-retention.ts';

/** The demo's own: 30 days and 3 years. */
export const DEMO_CONTROLLER = 'harbour-street-motors' as ControllerId;

/** A server with a kiosk, and a clock for both that tests turn. */
export async function retentionWorld(place: Partial<DatabasePlace> = {}, start?: Instant) {
  const clock = turnableClock(start);
  const server = await startTestServer({ ...place, now: clock.now });
  const kiosk = await TestKiosk.paired(server.url, clock.now);
  return { clock, server, kiosk, run: () => runRetention(server.context) };
}

/** A visit at a tablet whose clock is wrong by so much. */
export async function visitWithClockOff(kiosk: TestKiosk, skewMs: number): Promise<GivenReceipt> {
  const wrong = Object.assign(Object.create(Object.getPrototypeOf(kiosk)) as TestKiosk, kiosk, {
    now: () => instant(kiosk.now() + skewMs),
  });
  const receipt = await wrong.visit();
  kiosk.head = wrong.head;
  return receipt;
}

/** Everybody ever counted in a shop. */
export async function everCounted({ context: { db } }: RunningServer, shopId = DEMO_SHOP): Promise<number> {
  const hours = await countedByHour(db, shopId as ShopId, '0000', '9999');
  return [...hours.values()].reduce((sum, counted) => sum + counted, 0);
}

/** The ledgers of all kiosks as the server holds them, in order. */
export async function storedRecords(db: Database): Promise<readonly LedgerRecord[]> {
  const rows = await db
    .selectFrom('entry')
    .select('record_json')
    .orderBy('kiosk_id')
    .orderBy('seq')
    .execute();
  return rows.map(({ record_json }) => JSON.parse(record_json) as LedgerRecord);
}

/** The server's own ledger of a controller. */
export async function loggedRuns(
  db: Database,
  controllerId = DEMO_CONTROLLER,
): Promise<readonly LedgerRecord[]> {
  const rows = await db
    .selectFrom('retention_entry')
    .select('record_json')
    .where('controller_id', '=', controllerId)
    .orderBy('seq')
    .execute();
  return rows.map(({ record_json }) => JSON.parse(record_json) as LedgerRecord);
}

export type Death = { readonly at: number; readonly isCommitted: boolean };

/** A database whose program dies at one of its transactions, just before or just after it is on disk. */
export function dyingDatabase(db: Database, { at, isCommitted }: Death): Database {
  let transactions = 0;
  return new Proxy(db, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (key !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return () => ({
        execute: async (work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) => {
          transactions += 1;
          if (transactions !== at) return target.transaction().execute(work);
          await target.transaction().execute(async (transaction) => {
            await work(transaction);
            if (!isCommitted) throw new Error('The power went.');
          });
          throw new Error('The power went.');
        },
      });
    },
  });
}
