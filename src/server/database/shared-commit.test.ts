import { sql, type Transaction } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { ControllerId } from '#values';
import { temporaryDir } from '../testing/start-test-server.ts';
import { openDatabase } from './open.ts';
import type { Tables } from './schema.ts';
import { sharedCommit } from './shared-commit.ts';

async function setUp() {
  const db = await openDatabase({ dataDir: await temporaryDir(), databaseUrl: null });
  const write = (transaction: Transaction<Tables>, id: string) =>
    transaction
      .insertInto('controller')
      .values({ id: id as ControllerId, controller_json: '{}' })
      .execute();
  const kept = async () =>
    (await db.selectFrom('controller').select('id').orderBy('id').execute()).map(({ id }) => String(id));
  return { db, inTransaction: sharedCommit(db), write, kept };
}

describe('works that share a commit', () => {
  it('are all kept, each with its own answer, in fewer transactions than there are works', async () => {
    const { db, inTransaction, write, kept } = await setUp();
    const used = new Set<unknown>();
    const ids = Array.from({ length: 40 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    const answers = await Promise.all(
      ids.map((id) =>
        inTransaction(async (transaction) => {
          used.add(transaction);
          await write(transaction, id);
          return id;
        }),
      ),
    );
    expect(answers).toEqual(ids);
    expect(await kept()).toEqual(ids);
    expect(used.size).toBeLessThan(5);
    await db.destroy();
  });

  it('are undone by themselves where they fail, half done or not', async () => {
    const { db, inTransaction, write, kept } = await setUp();
    const works = ['a', 'b', 'c', 'd'].map((id) =>
      inTransaction(async (transaction) => {
        await write(transaction, id);
        if (id === 'b') throw new Error('refused');
        if (id === 'c') await write(transaction, 'a');
        return id;
      }),
    );
    const outcomes = await Promise.allSettled(works);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'refused' } });
    expect(await kept()).toEqual(['a', 'd']);
    expect(await inTransaction(() => Promise.resolve('goes on'))).toBe('goes on');
    await db.destroy();
  });

  it('all fail where their commit does, for nothing of them was kept', async () => {
    const { db, inTransaction, write, kept } = await setUp();
    // The first has nobody to share with; the others come meanwhile.
    const works = ['first', 'b', 'c'].map((id) =>
      inTransaction(async (transaction) => {
        await write(transaction, id);
        // A reference to nothing that is looked at only in the end.
        if (id === 'c') {
          await sql`pragma defer_foreign_keys = on`.execute(transaction);
          await sql`insert into shop values ('s', 'nobody', '{}', '{}')`.execute(transaction);
        }
      }),
    );
    const outcomes = await Promise.allSettled(works);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await kept()).toEqual(['first']);
    await db.destroy();
  });
});
