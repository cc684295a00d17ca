/**
 * What the commands that run before anything is installed share. Plain JavaScript without packages, for any Node from 20 on;
 * importing it ends the process on an older one.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const LINES_SHOWN_OF_A_FAILURE = 30;

/** A failure of the world, not a bug: its message is all that a person needs to read. */
export class Failure extends Error {}

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that the project runs on, from the npm package `node`; the one that started this may be older. */
export const projectNode = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `AskFirst needs Node ${OLDEST_NODE} or newer to start, and this is ${process.version}: get one from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Runs one step and prints what it is, then how long it took. */
export async function step(name, work) {
  const started = performance.now();
  console.log(`${name} ...`);
  const result = await work();
  console.log(`${name}: done in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return result;
}

/**
 * Runs a program to its end and gives its exit code. `capture` names what is given back instead of printed: nothing, its answer
 * (standard output), or all that it says.
 */
export function run(program, args, { capture = 'nothing', env = {} } = {}) {
  return new Promise((resolve) => {
    const stdout = capture === 'nothing' ? 'inherit' : 'pipe';
    const stderr = capture === 'all' ? 'pipe' : 'inherit';
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout, stderr],
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The end of what a program printed, where the reason usually stands. */
export function lastLines(output) {
  return output.trimEnd().split('\n').slice(-LINES_SHOWN_OF_A_FAILURE).join('\n');
}

/** Runs a command's main function; a `Failure` becomes its sentence and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
