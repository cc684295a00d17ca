import { clothes } from './clothes.ts';
import { CONDITIONS, type ConditionName } from './conditions.ts';
import type { Eyes } from './eyes.ts';
import { FRAME_SIDE, frameWithFace, type Portrait } from './frames.ts';
import { judge, type Verdict } from './judge.ts';
import { portraits } from './portraits.ts';
import { drawRoom } from './scenes.ts';
import { lookAt } from './sway.ts';

/** Heights of the face in parts of the window's. The promise is for 12 % to 95 %; the last is beyond it. */
export const FACE_HEIGHTS = [0.95, 0.6, 0.36, 0.21, 0.12, 0.07] as const;
const HEIGHTS_IN_CONDITIONS = [0.6, 0.36, 0.21, 0.12] as const;
const ROOMS = 60;

/** How many faces: for each height in good light, and for each condition at each height. */
export interface Counts {
  readonly plain: number;
  readonly each: number;
}

/** What many looks under the same circumstances told. */
export interface Row {
  readonly condition: string;
  readonly faceHeight: number | null;
  readonly looks: number;
  readonly found: number;
  readonly seenOnce: number;
  readonly falseOnce: number;
  readonly falseAlways: number;
}

/** Looks at made-up people in made-up rooms, near and far, in good and in bad conditions, and at scenes without faces. */
export async function* measureRecall(eyes: Eyes, { plain, each }: Counts): AsyncGenerator<Row> {
  const people = await portraits(plain);
  for (const height of FACE_HEIGHTS) yield await rowOf(eyes, 'plain', height, people);
  const names = (Object.keys(CONDITIONS) as ConditionName[]).filter((name) => name !== 'plain');
  for (const [index, name] of names.entries()) {
    // Others for each condition, so that one hard face does not decide them all.
    const some = people.filter((_, at) => (at + index) % Math.ceil(people.length / each) === 0);
    for (const height of HEIGHTS_IN_CONDITIONS) yield await rowOf(eyes, name, height, some);
  }
  const rooms = Array.from({ length: ROOMS }, (_, index) => drawRoom(FRAME_SIDE, 'empty', index));
  yield await emptyRow(eyes, 'rooms without people', rooms);
  yield await emptyRow(eyes, 'people without their faces', await clothes(FRAME_SIDE));
}

async function rowOf(eyes: Eyes, condition: ConditionName, faceHeight: number, people: readonly Portrait[]) {
  const verdicts: Verdict[] = [];
  for (const person of people) {
    const { png, face } = await frameWithFace(person, faceHeight, condition);
    verdicts.push(judge(await eyes.look(await lookAt(png, FRAME_SIDE), 0), face));
  }
  return sumUp(condition, faceHeight, verdicts);
}

async function emptyRow(eyes: Eyes, condition: string, scenes: readonly Buffer[]) {
  const verdicts: Verdict[] = [];
  for (const scene of scenes) verdicts.push(judge(await eyes.look(await lookAt(scene, FRAME_SIDE), 0), null));
  return sumUp(condition, null, verdicts);
}

function sumUp(condition: string, faceHeight: number | null, verdicts: readonly Verdict[]): Row {
  const count = (name: keyof Verdict) => verdicts.filter((verdict) => verdict[name]).length;
  return {
    condition,
    faceHeight,
    looks: verdicts.length,
    found: count('found'),
    seenOnce: count('seenOnce'),
    falseOnce: count('falseOnce'),
    falseAlways: count('falseAlways'),
  };
}
