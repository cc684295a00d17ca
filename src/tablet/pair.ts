import type { PairResponse, RefusalReason } from '#protocol';
import type { Outcome, RandomBytes } from '#values';
import type { CorrectedClock } from './clock.ts';
import { commit } from './commit.ts';
import { type Database, type Identity, readMeta, writeMeta } from './database.ts';
import { makeIdentity } from './device-key.ts';
import type { ServerClient, ServerFault } from './server-client.ts';

export type PairFault = 'code-needed' | 'server-unreachable' | 'storage-full' | 'storage-failed';

/** The tablet's key, made on its first start. A profile that was wiped has none, so it becomes a new kiosk with a new chain. */
export async function loadIdentity(
  database: Database,
  effects: { clock: CorrectedClock; random: RandomBytes },
): Promise<Outcome<{ readonly identity: Identity }, 'storage-full' | 'storage-failed'>> {
  const known = await readMeta(database, 'identity');
  if (known !== null) return { ok: true, identity: known };
  let identity = await makeIdentity();
  const kept = await commit(database, effects, async ({ transaction }) => {
    const before = await readMeta(transaction, 'identity');
    // Another attempt was quicker: a second key would make the first one's ledger nobody's.
    if (before === null) await writeMeta(transaction, 'identity', identity);
    else identity = before;
  });
  return kept.ok ? { ok: true, identity } : kept;
}

/** Introduces the tablet to the server and begins its ledger. On a demo server the same machine needs no code. */
export async function pair(
  database: Database,
  identity: Identity,
  client: ServerClient,
  code: string | null,
  effects: { clock: CorrectedClock; random: RandomBytes },
): Promise<Outcome<{ readonly paired: PairResponse }, PairFault>> {
  const answer = await client.pair(code);
  if (!answer.ok) return { ok: false, reason: wantsCode(answer) ? 'code-needed' : 'server-unreachable' };
  let { paired } = answer;
  const kept = await commit(database, effects, async ({ transaction, append }) => {
    const before = (await readMeta(transaction, 'identity'))?.paired ?? null;
    if (before !== null) {
      // Another attempt was quicker: a ledger says that it was paired in its first entry alone.
      paired = before;
      return;
    }
    await append('kiosk-paired', { ...paired, publicKey: identity.publicKey });
    await writeMeta(transaction, 'identity', { ...identity, paired });
  });
  return kept.ok ? { ok: true, paired } : kept;
}

/**
 * A tablet that was paired, and of which its server took nothing when it was last asked: a server that was put back to an older backup does not know
 * it, and lets it in again as the kiosk that it was, by a code. A code that was typed is tried until the server has said what it makes of it. Whatever else
 * stands in the way, the tablet opens, rests and keeps what it has.
 */
export async function pairAgain(
  client: Pick<ServerClient, 'pair'>,
  paired: PairResponse,
  code: string | null,
): Promise<'goes-on' | 'code-needed' | 'server-unreachable'> {
  const answer = await client.pair(code, paired);
  if (answer.ok) return 'goes-on';
  if (wantsCode(answer)) return 'code-needed';
  const isUndecided = answer.reason === 'refused' ? LATER.has(answer.refusal.reason) : code !== null;
  return isUndecided ? 'server-unreachable' : 'goes-on';
}

/** Refused for now alone: the server has not looked whether it knows the tablet, nor at a code. */
const LATER: ReadonlySet<RefusalReason> = new Set(['too-many-requests', 'server-busy', 'server-fault']);

function wantsCode(fault: ServerFault): boolean {
  return fault.reason === 'refused' && fault.refusal.reason === 'pairing-code-wrong';
}
