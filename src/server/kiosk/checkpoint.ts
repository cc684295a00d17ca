import type { Transaction } from 'kysely';
import { type Checkpoint, hashEntry, type LedgerRecord } from '#ledger';
import { readCheckpoint } from '#protocol';
import { DAY_MS, type Instant } from '#values';
import type { Tables } from '../database/schema.ts';
import { hashText } from '../hash-text.ts';
import type { KioskRow } from './authenticate.ts';
import { keyOfKiosk } from './kiosk-keys.ts';
import { Refused } from './refused.ts';

/** What a kiosk says that it has written so far: signed, and for exactly the batch that it comes with. Throws `Refused` where it is not. */
export async function checkCheckpoint(
  kiosk: KioskRow,
  records: readonly LedgerRecord[],
  jws: string,
): Promise<Checkpoint> {
  const { checkpoints: verify } = await keyOfKiosk(kiosk);
  const signed = await verify?.(jws);
  const checkpoint = signed?.ok ? readCheckpoint(signed.payload) : null;
  const last = records.at(-1)?.entry;
  const isOfBatch =
    checkpoint !== null &&
    last !== undefined &&
    checkpoint.kioskId === kiosk.id &&
    checkpoint.seq === last.seq &&
    checkpoint.hash === hashEntry(last, hashText);
  if (!isOfBatch) throw new Refused('checkpoint-wrong', null);
  return checkpoint;
}

/** Keeps a kiosk's newest checkpoint, and of days that are over the last one each. */
export async function keepCheckpoint(
  db: Transaction<Tables>,
  kiosk: KioskRow,
  { seq }: Checkpoint,
  jws: string,
  now: Instant,
): Promise<void> {
  const startOfDay = (now - (now % DAY_MS)) as Instant;
  await db
    .deleteFrom('checkpoint')
    .where('kiosk_id', '=', kiosk.id)
    .where('received_at', '>=', startOfDay)
    .execute();
  await db
    .insertInto('checkpoint')
    .values({ kiosk_id: kiosk.id, seq, checkpoint: jws, received_at: now })
    .onConflict((conflict) =>
      conflict.columns(['kiosk_id', 'seq']).doUpdateSet({ checkpoint: jws, received_at: now }),
    )
    .execute();
}
