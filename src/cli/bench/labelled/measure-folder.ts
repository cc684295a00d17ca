import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { estimateFromFrames } from '#counting';
import type { Eyes } from '../faces/eyes.ts';
import { FRAME_SIDE } from '../faces/frames.ts';
import { lookAt } from '../faces/sway.ts';
import { readLabel } from './read-label.ts';
import type { Answer } from './sum-up.ts';

/** Lets the kiosk's worker look at each labelled picture of a folder, as if that person stood before it. Nothing leaves this machine. */
export async function measureFolder(eyes: Eyes, folder: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const label = readLabel(name);
    if (label === null) continue;
    const fitted = { width: FRAME_SIDE, height: FRAME_SIDE, fit: 'contain', background: '#777' } as const;
    const picture = await sharp(join(folder, name)).removeAlpha().resize(fitted).png().toBuffer();
    const frames = await eyes.look(await lookAt(picture, FRAME_SIDE), 1);
    const estimates = frames.flatMap(({ faces }) => (faces.length === 1 ? (faces[0]?.estimate ?? []) : []));
    answers.push(
      estimates.length === 0
        ? { label, ageYears: null, said: null }
        : {
            label,
            ageYears: mean(estimates.map(({ ageYears }) => ageYears)),
            said: estimateFromFrames(estimates),
          },
    );
  }
  return answers;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
