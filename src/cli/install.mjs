/** Installs the packages where node_modules is missing or older than package-lock.json. Also a command of its own, for `.ci/run`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, lastLines, main, projectNode, root, run, step } from './tools.mjs';

const NETWORK_FAULT =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i;

export async function installIfNeeded() {
  if (isInstalled()) return;
  await step('Installing packages, which takes a minute or two', install);
}

/**
 * npm writes node_modules/.package-lock.json when an install has ended well, so it is the stamp: an interrupted install has none, and one
 * made by hand with `npm install` counts too.
 */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json');
  const wanted = readPackages('package-lock.json');
  if (installed === null || wanted === null || !existsSync(projectNode)) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // Of the optional packages, only those for this platform are there.
    if (path === '' || (optional && installed[path] === undefined)) return true;
    return installed[path]?.version === version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install() {
  // NODE_ENV=production or npm's --omit would leave out what builds and runs the program.
  const args = ['ci', '--include=dev', '--include=optional', '--include=peer', '--no-audit', '--no-fund'];
  const { code, output } = await runNpm(args);
  if (code !== 0 && NETWORK_FAULT.test(output)) {
    throw new Failure(
      'The packages could not be fetched: check the network or the registry set for npm, then start again.',
    );
  }
  if (code !== 0) throw new Failure(`${lastLines(output)}\nnpm ci failed; its last lines are above.`);
  if (!existsSync(projectNode)) {
    throw new Failure(
      'npm did not run the install script of the package "node": allow it (npm config set ignore-scripts false) and start again.',
    );
  }
}

/** The npm that started us where there is one, else the one on the PATH. */
function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /\.c?js$/.test(npm))
    return run(process.execPath, [npm, ...args], { capture: 'all' });
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { capture: 'all' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await installIfNeeded();
    return 0;
  });
}
