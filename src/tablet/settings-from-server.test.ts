import { beforeEach, describe, expect, it } from 'vitest';
import type { KioskConfig } from '#protocol';
import type { ReceiptId } from '#values';
import { commit } from './commit.ts';
import { readMeta } from './database.ts';
import type { ServerClient } from './server-client.ts';
import { applyWithdrawals, fetchSettings } from './settings-from-server.ts';
import { idNamed, type MemoryTablet, memoryTablet } from './testing/memory-tablet.ts';

const receiptId: ReceiptId = idNamed('visitor');
let tablet: MemoryTablet;
beforeEach(async () => {
  tablet = memoryTablet();
  const { core } = tablet;
  await commit(core.database, core, async ({ transaction }) => {
    await transaction
      .objectStore('receipts')
      .put({ id: receiptId, purposes: ['count'], issuedAt: core.now(), contribution: 'counted' });
  });
});

/** A server whose settings name one withdrawal made on a phone, and which sends them once. */
function server(): Pick<ServerClient, 'config'> {
  const withdrawals: KioskConfig['withdrawals'] = [{ receiptId, place: 'phone' }];
  const config = { ...tablet.core.config(), notices: [], withdrawals };
  return {
    config: async (etag) => ({ ok: true, fresh: etag === '"1"' ? null : { config, etag: '"1"' } }),
  };
}
const fetchFrom = (client: Pick<ServerClient, 'config'>) =>
  fetchSettings(tablet.core, client as ServerClient);
const withdrawn = async () => (await tablet.entriesOf('contribution-withdrawn')).length;

describe('a withdrawal made elsewhere', () => {
  it('is applied at the next start where the power failed after the settings were kept', async () => {
    await fetchFrom(server());
    expect(await withdrawn()).toBe(0);
    await applyWithdrawals(tablet.core);
    expect(await withdrawn()).toBe(1);
  });

  it('is applied in the next round where the disk was full', async () => {
    await fetchFrom(server());
    tablet.database.nextFault = new DOMException('Full.', 'QuotaExceededError');
    expect(await applyWithdrawals(tablet.core)).toEqual({ ok: false, reason: 'storage-full' });
    expect(await withdrawn()).toBe(0);
    await applyWithdrawals(tablet.core);
    expect(await withdrawn()).toBe(1);
  });

  it('is applied once, also after its receipt was deleted here', async () => {
    const client = server();
    for (let round = 0; round < 3; round += 1) {
      await fetchFrom(client);
      await applyWithdrawals(tablet.core);
    }
    const { core } = tablet;
    await commit(core.database, core, ({ transaction }) =>
      transaction.objectStore('receipts').delete(receiptId),
    );
    await applyWithdrawals(tablet.core);
    expect(await withdrawn()).toBe(1);
    expect((await readMeta(core.database, 'config'))?.etag).toBe('"1"');
  });
});
