import { hashNotice } from '#consent';
import type { KioskConfig } from '#protocol';
import type { Outcome } from '#values';
import { commit, type StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { readMeta, writeMeta } from './database.ts';
import type { ServerAnswer, ServerClient, SettingsUnknown } from './server-client.ts';
import { takeBack } from './withdraw.ts';

/** Asks for notices, settings and withdrawals made elsewhere, and keeps them. Gives the new settings, or null where nothing changed. */
export async function fetchSettings(
  core: Omit<TabletCore, 'config'>,
  client: ServerClient,
): Promise<ServerAnswer<{ readonly config: KioskConfig | null }> | SettingsUnknown> {
  const known = await readMeta(core.database, 'config');
  const answer = await client.config(known?.etag ?? null);
  if (!answer.ok) return answer;
  const { fresh } = answer;
  if (fresh === null) return { ok: true, config: null };
  const inForce = fresh.config.notices.map(hashNotice);
  const kept = await commit(core.database, core, async ({ transaction, append }) => {
    const before = new Set(await readMeta(transaction, 'noticesInForce'));
    for (const [index, notice] of fresh.config.notices.entries()) {
      const noticeHash = inForce[index];
      if (noticeHash === undefined || before.has(noticeHash)) continue;
      await append('notice-in-force', { noticeHash, language: notice.language, version: notice.version });
    }
    await writeMeta(transaction, 'noticesInForce', inForce);
    await writeMeta(transaction, 'config', fresh);
  });
  // Where they cannot be kept, the ones before stay in force; the next poll tries again.
  return { ok: true, config: kept.ok ? fresh.config : null };
}

/**
 * Withdrawals made on a phone or by staff, taken into this tablet's ledger. Each leaves the kept settings in the commit that writes it down:
 * what a power cut or a full disk put off is done at the next start or round, and nothing is done twice.
 */
export async function applyWithdrawals(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const isWaiting = (kept: { readonly config: KioskConfig } | null) =>
    (kept?.config.withdrawals.length ?? 0) > 0;
  if (!isWaiting(await readMeta(core.database, 'config'))) return { ok: true };
  const committed = await commit(core.database, core, async (work) => {
    const kept = await readMeta(work.transaction, 'config');
    if (kept === null) return;
    for (const place of ['phone', 'staff'] as const) {
      const there = kept.config.withdrawals.filter((withdrawal) => withdrawal.place === place);
      const receiptIds = there.map(({ receiptId }) => receiptId);
      if (receiptIds.length > 0) await takeBack(work, core, receiptIds, place);
    }
    await writeMeta(work.transaction, 'config', { ...kept, config: { ...kept.config, withdrawals: [] } });
  });
  if (committed.ok) core.changed();
  return committed;
}
