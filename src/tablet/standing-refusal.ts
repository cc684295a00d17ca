import type { RefusalReason } from '#protocol';
import type { RandomBytes } from '#values';
import type { CorrectedClock } from './clock.ts';
import { commit } from './commit.ts';
import { type Database, readMeta, writeMeta } from './database.ts';
import type { SendResult } from './send-ledger.ts';

/** Why the server takes nothing of this tablet, until somebody does something about it: whom it counted would never be counted. */
export type StandingRefusal = 'not-paired' | 'forked' | 'server-behind';

const STANDING: Partial<Readonly<Record<RefusalReason, StandingRefusal>>> = {
  'kiosk-unknown': 'not-paired',
  'kiosk-revoked': 'not-paired',
  fork: 'forked',
};

/** What stands after a round with the server. A round that was merely lost, or refused for another reason, leaves it as it was. */
export function refusalAfter(before: StandingRefusal | null, result: SendResult): StandingRefusal | null {
  if (result.ok) return null;
  if (result.reason === 'fork') return 'forked';
  if (result.reason === 'no-longer-kept') return 'server-behind';
  return (result.reason === 'refused' ? STANDING[result.refusal.reason] : null) ?? before;
}

/** Kept on disk, so that a kiosk that was shut out does not ask again after it was switched off and on without a network. */
export async function keepRefusal(
  database: Database,
  effects: { clock: CorrectedClock; random: RandomBytes },
  refusal: StandingRefusal | null,
): Promise<void> {
  if ((await readMeta(database, 'refusal')) === refusal) return;
  // Where it cannot be kept, the next round finds out again.
  await commit(database, effects, ({ transaction }) =>
    refusal === null
      ? transaction.objectStore('meta').delete('refusal')
      : writeMeta(transaction, 'refusal', refusal),
  );
}
