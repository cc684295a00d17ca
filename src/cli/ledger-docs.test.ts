import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLedger, FAULT_REASONS } from '#inspection';
import { ENTRY_KINDS, hashEntry, type LedgerRecord, LOOK_ENDINGS } from '#ledger';
import { canonicalJson, type JsonObject, keyThumbprint, sha256, sha256OfJson } from '#values';
import { nodeChecking } from './node-hashing.ts';

/** Tables are filled up with spaces. */
const docs = readFileSync('docs/ledger.md', 'utf8').replaceAll(/ +/g, ' ');
const file = readFileSync('docs/ledger-example.jsonl');
const lines = file.toString().trimEnd().split('\n');
const values = lines.map((line) => JSON.parse(line) as JsonObject);
const records = values.filter(({ type }) => type === 'record') as unknown as LedgerRecord[];
const end = values.at(-1)!;

describe('docs/ledger.md', () => {
  it('has an example that is in order, with every kind of thing in the words of the report', async () => {
    const outcome = await checkLedger([file], nodeChecking);
    expect(outcome).toMatchObject({
      ok: true,
      report: {
        total: { entries: 9, cameraMs: 3_150, contributions: 1, countedNow: 0 },
        kiosks: [{ gaps: [] }],
      },
    });
  });

  it('names the hash of every body and entry of the example', () => {
    for (const { entry, body } of records) {
      const hashes = `\`${sha256OfJson(body as unknown as JsonObject)}\` | \`${hashEntry(entry)}\``;
      expect(docs).toContain(`| ${entry.seq} | \`${entry.kind}\` | ${hashes} |`);
    }
    expect(docs.match(/^\| \d+ \| `/gm)).toHaveLength(records.length);
  });

  it('goes step by step through the last entry', () => {
    const { entry, body } = records.at(-1)!;
    for (const value of [body, entry] as unknown as JsonObject[]) {
      const text = canonicalJson(value);
      expect(docs).toContain(`\n${text}\n${sha256(text)}\n`);
    }
  });

  it('names the thumbprint, the hash of the notice and the hash of the file', async () => {
    const { publicKey } = values.find(({ type }) => type === 'kiosk') as { publicKey: JsonObject };
    const { notice } = values.find(({ type }) => type === 'notice') as { notice: JsonObject };
    const beforeEnd = lines.slice(0, -1).map((line) => `${line}\n`);
    expect(docs).toContain(`\n${await keyThumbprint(publicKey)}\n`);
    expect(docs).toContain(`\`${sha256OfJson(notice)}\``);
    expect(sha256(beforeEnd.join(''))).toBe(end.sha256);
    expect(docs).toContain(`\n${String(end.sha256)}\n`);
  });

  it('tells of every kind, every ending and everything that can be wrong', () => {
    for (const word of [...ENTRY_KINDS, ...LOOK_ENDINGS, ...FAULT_REASONS])
      expect(docs).toContain(`\`${word}\``);
  });
});
