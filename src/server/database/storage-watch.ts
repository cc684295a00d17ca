import type { Instant, KioskId } from '#values';
import type { Database } from './open.ts';
import { isStorageTrouble } from './storage-trouble.ts';

/** So long that a full file cannot take it into the room that it has left. */
const LONGER_THAN_A_PAGE = 16_384;

/** Whether the database still keeps what it is given. */
export interface StorageWatch {
  /** A request could not be kept. */
  readonly failed: () => void;
  /** Whether the database answers, and after a failure whether it writes again: only then is every look worth a write. */
  readonly check: () => Promise<boolean>;
}

export function storageWatch(db: Database): StorageWatch {
  let hasFailed = false;
  return {
    failed: () => {
      hasFailed = true;
    },
    check: async () => {
      try {
        if (hasFailed) await writeAndUndo(db);
        else await db.selectFrom('controller').select('id').limit(1).execute();
        hasFailed = false;
        return true;
      } catch (error) {
        if (!isStorageTrouble(error)) throw error;
        return false;
      }
    },
  };
}

/** A row that is gone again in the same transaction, but went through the disk. */
async function writeAndUndo(db: Database): Promise<void> {
  const check = { id: 'storage-check', kiosk_id: '' as KioskId, refused_at: 0 as Instant, seq: null };
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('refusal')
      .values({ ...check, reason: 'x'.repeat(LONGER_THAN_A_PAGE) })
      .execute();
    await transaction.deleteFrom('refusal').where('id', '=', check.id).execute();
  });
}
