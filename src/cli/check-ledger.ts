/**
 * `npm run check-ledger -- FILE...`: checks exported ledgers without a network and without trusting whoever made them.
 * Ends with 0 where all is in order, with 1 at the first thing that is wrong, and with 2 where there is nothing to check.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { checkLedger, spelledOut } from '#inspection';
import { faultLines, fileName, reportLines } from './ledger-words.ts';
import { nodeChecking } from './node-hashing.ts';
import { progressOn } from './progress.ts';

const USAGE = 'Say which file to check: npm run check-ledger -- FILE [FILE ...]';
const CHUNK_BYTES = 256 * 1024;

const IN_ORDER = 0;
const WRONG = 1;
const NOT_CHECKED = 2;

async function checkFile(file: string): Promise<number> {
  const size = await sizeOf(file);
  if (size === null) {
    console.error(`The file ${fileName(file)} cannot be read.`);
    return NOT_CHECKED;
  }
  const progress = progressOn(process.stderr, size);
  try {
    const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    const outcome = await checkLedger(stream, nodeChecking, ({ bytes }) => {
      // What is read in one go is done before anybody reads how far it is.
      if (size > CHUNK_BYTES) progress.show(bytes);
    });
    progress.end();
    for (const line of outcome.ok ? reportLines(file, outcome.report) : faultLines(file, outcome))
      console.log(line);
    return outcome.ok ? IN_ORDER : WRONG;
  } catch (error) {
    progress.end();
    if (!isOfDisk(error)) throw error;
    console.error(`The file ${fileName(file)} could not be read to its end: ${spelledOut(error.message)}.`);
    return NOT_CHECKED;
  }
}

/** Null where it is not there, is a folder, or may not be read. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    const handle = await open(file);
    const stats = await handle.stat().finally(() => handle.close());
    return stats.isDirectory() ? null : stats.size;
  } catch (error) {
    if (!isOfDisk(error)) throw error;
    return null;
  }
}

function isOfDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error;
}

const files = process.argv.slice(2);
if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
  console.error(USAGE);
  process.exitCode = NOT_CHECKED;
} else {
  const codes: number[] = [];
  for (const file of files) codes.push(await checkFile(file));
  // What is wrong outranks what could not be checked.
  process.exitCode = codes.includes(WRONG) ? WRONG : Math.max(...codes);
}
