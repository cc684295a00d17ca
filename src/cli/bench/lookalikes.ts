import { voteHeadcount } from '#counting';
import type { Bench } from '../bench.ts';
import { type Eyes, openBenchPage, openEyes, type SeenFrame } from './faces/eyes.ts';
import { BETWEEN_MS, framesOf, LOOKALIKES, type Lookalike } from './faces/lookalikes.ts';
import { portraits } from './faces/portraits.ts';
import { percent, table } from './faces/table.ts';
import { alone } from './parts/figures.ts';

const LOOKS = 20;
/** One person said yes. */
const ALLOWED = 1;

interface Result {
  readonly name: string;
  /** Looks in which a face was seen in any frame. */
  readonly seen: number;
  readonly counted: number;
  readonly refused: number;
  /** Undecided, or nobody there. */
  readonly notCounted: number;
}

/** How often a look counts what is no living face: pictures, mannequins, faces on shirts. One person in the room said yes. */
export const bench: Bench = async function* () {
  const opened = await openBenchPage();
  const results: Result[] = [];
  try {
    const eyes = await openEyes(opened, 'wasm');
    for (const lookalike of LOOKALIKES) {
      const result = await measure(eyes, lookalike);
      const name = `lookalikes.${lookalike.name.replaceAll(/[ ,]+/g, '-')}`;
      yield alone(`${name}.seen`, result.seen / LOOKS, `of ${LOOKS} looks`);
      yield alone(`${name}.counted`, result.counted / LOOKS, `of ${LOOKS} looks`);
      yield alone(`${name}.refused`, result.refused / LOOKS, `of ${LOOKS} looks`);
      results.push(result);
    }
  } finally {
    await opened.close();
  }
  const rows = results.map(({ name, seen, counted, refused, notCounted }) => [
    name,
    ...[seen, counted, refused, notCounted].map((looks) => percent(looks, LOOKS)),
  ]);
  console.error(table(['before the camera', 'taken for a face', 'counted', 'refused', 'not counted'], rows));
};

async function measure(eyes: Eyes, lookalike: Lookalike): Promise<Result> {
  const people = await portraits(2 * LOOKS);
  const endings: string[] = [];
  let seen = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    const [person, other] = [people[2 * look], people[2 * look + 1]];
    if (person === undefined || other === undefined) throw new Error('There are too few portraits.');
    const frames = await eyes.look(await framesOf(lookalike, person, other), 0, BETWEEN_MS);
    endings.push(endingOf(frames));
    if (frames.some(({ faces }) => faces.length > 0)) seen += 1;
  }
  const count = (...kinds: string[]) => endings.filter((ending) => kinds.includes(ending)).length;
  return {
    name: lookalike.name,
    seen,
    counted: count('counted'),
    refused: count('too-many-people'),
    notCounted: count('nobody', 'undecided', 'look-on'),
  };
}

/** What the kiosk would say, as soon as it would say it. */
function endingOf(frames: readonly SeenFrame[]): string {
  const votes = frames.map((_, index) =>
    voteHeadcount(
      frames
        .slice(0, index + 1)
        .map(({ faces }, at) => ({ atMs: at * BETWEEN_MS, stirs: faces.map(({ stir }) => stir) })),
      ALLOWED,
    ),
  );
  return votes.find(({ kind }) => kind !== 'look-on')?.kind ?? 'look-on';
}
