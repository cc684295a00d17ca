import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkLedger } from './check-ledger.ts';
import { FAULT_REASONS } from './faults.ts';
import { checkingOfManyAlike, withBitFlipped } from './testing/files.ts';

// In a file of its own, as every-byte-ended-anew.test.ts is, so that two cores share the work.
const PATIENCE_MS = 300_000;

it(
  'never passes with one bit of any byte flipped',
  async () => {
    // Vitest runs in the project's folder.
    const bytes = new Uint8Array(readFileSync('docs/ledger-example.jsonl'));
    const checking = checkingOfManyAlike();
    expect(await checkLedger([bytes], checking)).toMatchObject({ ok: true });
    for (let at = 0; at < bytes.length; at += 1) {
      const outcome = await checkLedger([withBitFlipped(bytes, at)], checking);
      if (outcome.ok || !FAULT_REASONS.includes(outcome.reason))
        expect.fail(`A bit of byte ${at} was flipped.`);
    }
  },
  PATIENCE_MS,
);
