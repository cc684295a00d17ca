/** Builds the browser's part where its sources changed since the last build that ended well. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, lastLines, projectNode, root, run, step } from './tools.mjs';

const SOURCES = ['index.html', 'package.json', 'package-lock.json', 'vite.config.ts', 'public', 'src'];
/** Never in the bundle, so that a change there costs nobody a build. */
const NOT_BUILT = /(^src\/server\/)|(\.test\.tsx?$)/;
/** Vite empties dist first, so the stamp goes with the build that it stands for. */
const STAMP = join(root, 'dist/.build-stamp');

export async function buildIfNeeded() {
  const stamp = hashSources();
  if (readStamp() === stamp) return;
  await step('Building the screens', build);
  writeFileSync(STAMP, stamp);
}

async function build() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { code, output } = await run(projectNode, [vite, 'build', '--logLevel', 'warn'], { capture: 'all' });
  if (code !== 0) throw new Failure(`${lastLines(output)}\nThe build failed; its last lines are above.`);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(listFiles).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(path) {
  try {
    const entries = readdirSync(join(root, path), { withFileTypes: true });
    return entries
      .flatMap(({ name }) => listFiles(`${path}/${name}`))
      .filter((file) => !NOT_BUILT.test(file));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}
