/** `npm run check`: types, then form, lint and rooms, then what nobody uses. All three run, each with its result. */
import { join } from 'node:path';
import { installIfNeeded } from './install.mjs';
import { main, projectNode, root, run } from './tools.mjs';

const checks = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  {
    name: 'form, lint and rooms',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'unused', args: ['node_modules/knip/bin/knip.js'] },
];

await main(async () => {
  await installIfNeeded();
  const results = [];
  for (const {
    name,
    args: [script, ...args],
  } of checks) {
    const { code } = await run(projectNode, [join(root, script), ...args]);
    results.push({ name, isFine: code === 0 });
  }
  for (const { name, isFine } of results) console.log(`${isFine ? 'ok    ' : 'FAILED'}  ${name}`);
  return results.every(({ isFine }) => isFine) ? 0 : 1;
});
