import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('runs works of one key one after another, those of others beside them, and refuses what would wait too long', async () => {
  const turns = new Turns<string>();
  const begun: string[] = [];
  const works = Array.from({ length: 8 }, () => Promise.withResolvers<void>());
  const take = (key: string, index: number) =>
    turns.take(key, async () => {
      begun.push(`${key}${index}`);
      await works[index]!.promise;
      return index;
    });
  const asked = [0, 1, 2, 3].map((index) => take('a', index));
  expect(await take('a', 4)).toBeNull();
  const other = take('b', 5);
  await Promise.resolve();
  expect(begun).toEqual(['a0', 'b5']);
  works[0]!.resolve();
  expect(await asked[0]).toBe(0);
  works[1]!.reject(new Error('It broke.'));
  await expect(asked[1]).rejects.toThrow('It broke.');
  const late = take('a', 6);
  for (const index of [2, 3, 5, 6]) works[index]!.resolve();
  expect(await Promise.all([...asked.slice(2), other, late])).toEqual([2, 3, 5, 6]);
  expect(begun).toEqual(['a0', 'b5', 'a1', 'a2', 'a3', 'a6']);
});
