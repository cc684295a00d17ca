import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SUPPLIERS } from './suppliers.ts';

// Vitest runs in the project's folder.
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};
const packages = SUPPLIERS.filter(({ isPackage }) => isPackage).map(({ name }) => name);

it('every supplier that package.json names has a line that says what it touches, and no other has', () => {
  expect(packages.toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

it('nobody stands in the table twice', () => {
  expect(new Set(SUPPLIERS.map(({ name }) => name)).size).toBe(SUPPLIERS.length);
});

it('pixels are touched on the tablet alone', () => {
  for (const { touches, runsIn, name } of SUPPLIERS) {
    if (touches.includes('pixels') || touches.includes('waiting-answers'))
      expect(runsIn, name).toBe('tablet');
  }
});
