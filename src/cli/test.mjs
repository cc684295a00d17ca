/**
 * `npm test`: all tests from a fresh clone, ending in one line, `N passed, N failed`.
 * `npm test -- unit [filter]` and `npm test -- e2e [filter]` run one side.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { addUp, countPlaywright, countVitest, NOTHING_RAN } from './test-counts.mjs';
import { Failure, main, projectNode, root, run } from './tools.mjs';

const UNIT_REPORT = 'test-results/unit.json';
const E2E_REPORT = 'test-results/e2e.json';
const SIDES = { unit: runUnit, e2e: runEndToEnd };

await main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const isOneSide = first !== undefined && Object.hasOwn(SIDES, first);
  if (first !== undefined && !isOneSide)
    throw new Failure('Say "npm test", "npm test -- unit [filter]" or "npm test -- e2e [filter]".');
  let total;
  try {
    await installIfNeeded();
    mkdirSync(join(root, 'test-results'), { recursive: true });
    const counts = [];
    for (const side of isOneSide ? [first] : Object.keys(SIDES))
      counts.push(await SIDES[side](isOneSide ? rest : []));
    total = addUp(counts);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    total = NOTHING_RAN;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 ? 0 : 1;
});

async function runUnit(filters) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  return runSide(UNIT_REPORT, countVitest, [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...reporters,
    ...filters,
  ]);
}

async function runEndToEnd(filters) {
  await buildIfNeeded();
  const chromium = await findBrowser();
  const args = ['node_modules/playwright/cli.js', 'test', '-c', 'e2e/playwright.config.ts', ...filters];
  return runSide(E2E_REPORT, countPlaywright, args, { ASKFIRST_CHROMIUM: chromium });
}

/** The runner's exit code is checked against its report: one that broke before or after its tests has not passed. */
async function runSide(report, count, args, env = {}) {
  rmSync(join(root, report), { force: true });
  const { code } = await run(projectNode, args, { env });
  return count(readReport(report), code);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch {
    return null;
  }
}

async function findBrowser() {
  const { code, output } = await run(projectNode, ['e2e/browser.ts'], { capture: 'answer' });
  const lines = output.trim().split('\n');
  const path = lines.pop();
  if (code !== 0) throw new Failure('Without a browser the end-to-end tests cannot run.');
  console.log(lines.join('\n'));
  return path;
}
