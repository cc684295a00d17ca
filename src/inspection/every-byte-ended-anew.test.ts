import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkLedger } from './check-ledger.ts';
import { bytesOf, checkingOfManyAlike, withBitFlipped } from './testing/files.ts';

// In a file of its own, as every-byte.test.ts is, so that two cores share the work.
const PATIENCE_MS = 300_000;

const utf8 = new TextEncoder();

/** Lines with an end line that is right for them, as a liar who knows the format would write it. */
function ended(bytes: Uint8Array, lines: number): readonly Uint8Array[] {
  return [bytes, utf8.encode(`{"lines":${lines},"sha256":"${hash('sha256', bytes)}","type":"end"}\n`)];
}

it(
  'never passes with one bit of any byte of an entry, its body or a checkpoint flipped, not even where the end line is made anew',
  async () => {
    // Vitest runs in the project's folder.
    const lines = readFileSync('docs/ledger-example.jsonl', 'utf8').trimEnd().split('\n');
    const first = lines.findIndex((line) => line.endsWith('"type":"record"}'));
    const before = bytesOf(lines.slice(0, first));
    const bytes = bytesOf(lines.slice(0, -1));
    const checking = checkingOfManyAlike();
    expect(await checkLedger(ended(bytes, lines.length - 1), checking)).toMatchObject({ ok: true });
    for (let at = before.length; at < bytes.length; at += 1) {
      const changed = ended(withBitFlipped(bytes, at), lines.length - 1);
      if ((await checkLedger(changed, checking)).ok) expect.fail(`A bit of byte ${at} was flipped.`);
    }
  },
  PATIENCE_MS,
);
