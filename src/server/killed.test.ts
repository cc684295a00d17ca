import { expect, it } from 'vitest';
import type { Head } from '#ledger';
import { apiPaths } from '#protocol';
import { openDatabase } from './database/open.ts';
import { startProcess } from './testing/server-process.ts';
import { temporaryDir } from './testing/start-test-server.ts';
import { TestKiosk } from './testing/test-kiosk.ts';

const KILLS = 20;
const BATCH = 5;
/** Long enough for some batches, short enough that most kills come in the middle of one. */
const LONGEST_LIFE_MS = 250;
const MINUTES_MS = 180_000;

it(
  `keeps every acknowledged entry once, killed ${KILLS} times at any moment of ingest`,
  async () => {
    const dataDir = await temporaryDir();
    let kiosk: TestKiosk | null = null;
    let acknowledged = -1;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startProcess({ DATA_DIR: dataDir });
      kiosk ??= await TestKiosk.paired(server.url);
      kiosk.url = server.url;
      const { head } = (await kiosk.request('GET', apiPaths.head)).body as { head: Head | null };
      let next = (head?.seq ?? -1) + 1;
      expect(next).toBeGreaterThan(acknowledged);
      let isAlive = true;
      setTimeout(() => server.process.kill('SIGKILL'), Math.random() * LONGEST_LIFE_MS);
      while (isAlive) {
        while (kiosk.records.length < next + BATCH) await kiosk.visit();
        const batch = kiosk.records.slice(next, next + BATCH);
        const sent = await kiosk.send(batch).catch(() => null);
        isAlive = sent !== null;
        if (sent !== null) {
          expect(sent).toMatchObject({ status: 200 });
          next += batch.length;
          acknowledged = next - 1;
        }
      }
      await server.exited;
    }
    const server = await startProcess({ DATA_DIR: dataDir });
    const last = kiosk as TestKiosk;
    last.url = server.url;
    expect((await last.sync()).body).toEqual({ head: last.head });
    server.process.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    const db = await openDatabase({ dataDir, databaseUrl: null });
    const entries = await db.selectFrom('entry').select(['seq', 'record_json']).orderBy('seq').execute();
    const counted = await db.selectFrom('receipt').select('id').where('hour', 'is not', null).execute();
    await db.destroy();
    expect(entries.map(({ record_json }) => JSON.parse(record_json))).toEqual(last.records);
    const contributions = last.records.filter(({ entry }) => entry.kind === 'contribution-recorded');
    expect(counted).toHaveLength(contributions.length);
    expect(acknowledged).toBeGreaterThan(0);
  },
  MINUTES_MS,
);
