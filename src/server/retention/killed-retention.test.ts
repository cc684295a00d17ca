import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { checkChain } from '#ledger';
import { DAY_MS, HOUR_MS, instant } from '#values';
import { openDatabase } from '../database/open.ts';
import { startProcess } from '../testing/server-process.ts';
import { now, temporaryDir } from '../testing/start-test-server.ts';
import { beginProgress } from './progress.ts';
import { DEMO_CONTROLLER, loggedRuns, retentionWorld, storedRecords } from './testing/retention-world.ts';

const VISITS = 1_000;
const LONG_MS = 60_000;

it(
  'goes on where it was after a kill -9 in the middle, and logs all of it',
  async () => {
    const dataDir = await temporaryDir();
    const { kiosk, server, clock } = await retentionWorld({ dataDir }, instant(now() - 1_500 * DAY_MS));
    for (let visits = 0; visits < VISITS; visits += 1) await kiosk.visit();
    expect((await kiosk.sync(200)).status).toBe(200);
    expect(clock.now()).toBeLessThan(now());
    // The server worked until an hour ago: no leap of its clock, which would keep it from deleting.
    await beginProgress(server.context.db, DEMO_CONTROLLER);
    await server.context.db
      .updateTable('retention')
      .set({ last_run_at: instant(now() - HOUR_MS) })
      .execute();
    await server.close();

    const watched = new DatabaseSync(join(dataDir, 'askfirst.db'), { readOnly: true });
    const cut = () =>
      Number(watched.prepare('select coalesce(sum(links_cut), 0) as cut from retention').get()?.cut);
    const first = await startProcess({ DATA_DIR: dataDir });
    while (cut() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    first.process.kill('SIGKILL');
    await first.exited;
    expect(cut()).toBeLessThan(VISITS);

    const second = await startProcess({ DATA_DIR: dataDir });
    const logged = () => Number(watched.prepare('select count(*) as runs from retention_entry').get()?.runs);
    await expect.poll(logged, { timeout: LONG_MS }).toBe(1);
    watched.close();
    second.process.kill('SIGTERM');
    await second.exited;

    const db = await openDatabase({ dataDir, databaseUrl: null });
    const anonymous = await db.selectFrom('anonymous_hour').select('counted').execute();
    const records = await storedRecords(db);
    const runs = await loggedRuns(db);
    const receipts = await db.selectFrom('receipt').select('id').execute();
    await db.destroy();
    expect(anonymous.reduce((sum, { counted }) => sum + counted, 0)).toBe(VISITS);
    expect(receipts).toEqual([]);
    expect(checkChain(records, null)).toMatchObject({ ok: true, head: kiosk.head, pruned: 4 * VISITS });
    expect(runs.map(({ body }) => body)).toMatchObject([
      { linksCut: VISITS, receiptsDeleted: VISITS, bodiesPruned: 4 * VISITS },
    ]);
  },
  LONG_MS,
);
