import { hashWithdrawalCode, readWithdrawalCode } from '#consent';
import type { Outcome } from '#values';
import type { StorageFault } from './commit.ts';
import type { TabletCore } from './core.ts';
import { type GuessRefusal, tryGuess } from './guess-limit.ts';
import { withdraw } from './withdraw.ts';

/** `wasTooLate`: the link to what the yes added had been cut before, so that the number stays. */
export type WithdrawByCodeOutcome = Outcome<{ readonly wasTooLate: boolean }, GuessRefusal | StorageFault>;

/**
 * Takes a yes back by the code that was shown with its receipt. A wrong code, another kiosk's and one that was never given get the same
 * answer; one that was used already is simply done. Works without a network.
 */
export async function withdrawByCode(core: TabletCore, typed: string): Promise<WithdrawByCodeOutcome> {
  const code = readWithdrawalCode(typed);
  const hash = code === null ? null : hashWithdrawalCode(code, core.paired.kioskId);
  const guess = await tryGuess(core, 'codeGuesses', async () => (await receiptOf(core, hash)) !== null);
  if (!guess.ok) return guess;
  const receiptId = await receiptOf(core, hash);
  if (receiptId === null) return { ok: false, reason: 'wrong' };
  const withdrawn = await withdraw(core, [receiptId], 'kiosk');
  if (!withdrawn.ok) return withdrawn;
  return { ok: true, wasTooLate: (await core.database.get('receipts', receiptId))?.wasTooLate ?? false };
}

async function receiptOf(core: TabletCore, hash: string | null) {
  const known = hash === null ? undefined : await core.database.get('codes', hash);
  return known?.receiptId ?? null;
}
