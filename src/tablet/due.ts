import type { Outcome } from '#values';
import type { StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { releaseIfDue } from './pending-release.ts';
import { runRetention } from './retention.ts';
import { closePastTallies } from './tallies.ts';

/** What its time makes due, with or without visitors and a network: releases, tallies of hours that are over, and what has had its days. Never during a visit. */
export async function doWhatIsDue(core: TabletCore): Promise<Outcome<object, StorageFault>> {
  const released = await releaseIfDue(core);
  if (!released.ok) return released;
  const closed = await closePastTallies(core);
  return closed.ok ? runRetention(core) : closed;
}
