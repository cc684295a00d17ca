import { expect, test } from 'playwright/test';
import { clothes } from '../src/cli/bench/faces/clothes.ts';
import type { ConditionName } from '../src/cli/bench/faces/conditions.ts';
import { type BenchPage, openBenchPage, openEyes } from '../src/cli/bench/faces/eyes.ts';
import { FRAME_SIDE, frameWithFace } from '../src/cli/bench/faces/frames.ts';
import { judge, type Verdict } from '../src/cli/bench/faces/judge.ts';
import { photoPortraits } from '../src/cli/bench/faces/photos.ts';
import { lookAt } from '../src/cli/bench/faces/sway.ts';

/** A small part of `npm run bench -- accuracy`, so that what it found once cannot be lost unseen. */
const HEIGHTS = [0.95, 0.6, 0.36, 0.21, 0.12];
const HARD: readonly ConditionName[] = ['very dark', 'against the light', 'turned head', 'grey picture'];
/** Every fifth is enough to notice. */
const CLOTHES_STEP = 5;

interface Judged extends Verdict {
  readonly name: string;
}

let bench: BenchPage;

test.beforeAll(async () => {
  bench = await openBenchPage();
});
test.afterAll(() => bench.close());

test('finds near and far faces in good light, most in bad conditions, and none in clothes', async () => {
  test.slow();
  const eyes = await openEyes(bench, 'wasm');
  const people = await photoPortraits();
  const lookFor = async (index: number, height: number, condition: ConditionName): Promise<Judged> => {
    const person = people[index % people.length]!;
    const { png, face } = await frameWithFace(person, height, condition);
    const verdict = judge(await eyes.look(await lookAt(png, FRAME_SIDE), 0), face);
    return { ...verdict, name: `${person.name} ${condition} ${height}` };
  };

  const plain: Judged[] = [];
  for (const height of HEIGHTS)
    for (let index = 0; index < people.length; index += 2) plain.push(await lookFor(index, height, 'plain'));
  const hard: Judged[] = [];
  for (const [index, condition] of HARD.entries())
    for (const height of [0.36, 0.21]) hard.push(await lookFor(index * 2 + 1, height, condition));
  const dressed: Verdict[] = [];
  for (const [index, scene] of (await clothes(FRAME_SIDE)).entries())
    if (index % CLOTHES_STEP === 0)
      dressed.push(judge(await eyes.look(await lookAt(scene, FRAME_SIDE), 0), null));

  const missed = (looks: readonly Judged[]) => looks.filter(({ found }) => !found).map(({ name }) => name);
  expect(missed(plain)).toEqual([]);
  expect(missed(hard).length).toBeLessThanOrEqual(1);
  expect([...plain, ...hard, ...dressed].filter(({ falseAlways }) => falseAlways)).toEqual([]);
});
