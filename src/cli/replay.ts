/**
 * `npm run replay -- --export DIR`: plays the reference workload through the real API, and writes each kiosk's ledger to a file.
 * Ends with 0 where everything is as it was meant, with 1 where something is not, and with 2 where it could not be played.
 */
import { readReplayOptions } from './replay/options.ts';
import { replay } from './replay/replay.ts';
import { reportLines } from './replay/report.ts';
import { ReplayTrouble } from './replay/trouble.ts';

const WRONG = 1;
const NOT_PLAYED = 2;
const INTERRUPTED = 130;

// An orderly end, so that the data folder goes too.
process.once('SIGINT', () => process.exit(INTERRUPTED));

const read = readReplayOptions(process.argv.slice(2));
try {
  if (!read.ok) throw new ReplayTrouble(read.reason);
  const result = await replay(read.options, process.stderr);
  console.log((await reportLines(result, read.options.exportDir)).join('\n'));
  if (result.mismatches.length > 0) process.exitCode = WRONG;
} catch (error) {
  if (!(error instanceof ReplayTrouble)) throw error;
  console.error(error.message);
  process.exitCode = NOT_PLAYED;
}
