import { stat } from 'node:fs/promises';
import type { ReplayResult } from './replay.ts';

const MIB = 1024 * 1024;
const MOST_MISMATCHES = 20;

/** What was played and what came of it, for a person to read. */
export async function reportLines(result: ReplayResult, exportDir: string): Promise<string[]> {
  const { workload, expected, ended, entries, playSeconds, checkSeconds, mismatches } = result;
  const total = (name: 'receipts' | 'contributions' | 'withdrawn' | 'countedNow' | 'declined' | 'left') =>
    expected.kiosks.reduce((sum, kiosk) => sum + kiosk[name], 0);
  const sizes = await Promise.all(ended.map(async ({ file }) => (await stat(file)).size));
  const mib = sizes.reduce((sum, size) => sum + size, 0) / MIB;
  const waiting = ended.reduce((sum, kiosk) => sum + kiosk.waiting.length, 0);
  return [
    `Played ${many(total('receipts'), 'visit')} at ${many(ended.length, 'kiosk')} in ${many(workload.chain.length, 'shop')} over ${many(workload.days, 'day')} from ${workload.firstDate}, seed ${workload.seed}.`,
    `  ${entries} entries in ${playSeconds.toFixed(1)} seconds: ${Math.round(total('receipts') / playSeconds)} visits and ${Math.round(entries / playSeconds)} entries a second.`,
    `  counted ${total('contributions')}, taken back ${total('withdrawn')} receipts, counted now ${total('countedNow')}; said no ${total('declined')}, left ${total('left')}.`,
    `  ages and genders of ${waiting} people wait on the tablets.`,
    `${many(ended.length, 'ledger')}, ${mib.toFixed(1)} MiB, in ${exportDir}.`,
    ...verdict(mismatches, result.isServerCompared),
    `Checked in ${checkSeconds.toFixed(1)} seconds.`,
  ];
}

function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function verdict(mismatches: readonly string[], isServerCompared: boolean): string[] {
  if (mismatches.length === 0) {
    return [
      'Every ledger is in order, and every figure in it is as it was meant.',
      isServerCompared
        ? 'So is every hour of every shop, each age and gender, and the number of entries on the server: nothing arrived twice.'
        : 'The server acknowledged every entry; its own tables were not compared.',
    ];
  }
  return [
    `WRONG: ${mismatches.length} figures are not as they were meant.`,
    ...mismatches.slice(0, MOST_MISMATCHES).map((mismatch) => `  ${mismatch}`),
    ...(mismatches.length > MOST_MISMATCHES ? ['  and more.'] : []),
  ];
}
