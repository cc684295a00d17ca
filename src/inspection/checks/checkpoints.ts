import { readCheckpoint } from '#protocol';
import type { FaultReason } from '../faults.ts';
import type { KioskState } from '../kiosk-state.ts';
import type { SignedCheckpoint } from '../read-ledger-lines.ts';

const SIGNATURE_FAULTS = {
  'not-a-checkpoint': 'checkpoint-not-one',
  'other-key': 'checkpoint-other-key',
  'signature-wrong': 'checkpoint-signature-wrong',
} as const;

/** What the kiosk once signed as its newest entry is in this ledger, with the same hash: nothing up to it was rewritten or cut off. */
export function checkCheckpoint(kiosk: KioskState, signed: SignedCheckpoint): FaultReason | null {
  if (!signed.ok) return SIGNATURE_FAULTS[signed.reason];
  const checkpoint = readCheckpoint(signed.payload);
  if (checkpoint === null) return 'checkpoint-not-one';
  if (checkpoint.kioskId !== kiosk.line.kioskId) return 'checkpoint-of-other-kiosk';
  const hash = kiosk.hashes.at(checkpoint.seq);
  if (hash === null) return 'checkpoint-beyond-end';
  if (hash !== checkpoint.hash) return 'checkpoint-differs';
  const { newestCheckpoint } = kiosk;
  if (newestCheckpoint === null || checkpoint.seq > newestCheckpoint.seq) kiosk.newestCheckpoint = checkpoint;
  return null;
}
