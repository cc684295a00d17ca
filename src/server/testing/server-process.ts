import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectDir } from '../project-dir.ts';

export interface ServerProcess {
  readonly process: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

/** A Node program of the project, as an operator starts it; ended after the test. */
export function runProgram(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(projectDir, file), ...args], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const add = (text: Buffer): void => {
    output += String(text);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { process: child, output: () => output, exited };
}

/** The server as an operator starts it, once it says that it is ready. */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = ['--demo'],
): Promise<ServerProcess> {
  const program = runProgram('src/server/main.ts', args, { PORT: '0', ...env });
  for (;;) {
    // The last line: by then everything above it has been said.
    const hasSaidAll = program.output().includes('Stop with Ctrl+C');
    const url = hasSaidAll ? /Kiosk {3}(\S+)\/\n/.exec(program.output())?.[1] : undefined;
    if (url !== undefined) return { ...program, url };
    const code = await Promise.race([
      program.exited,
      new Promise<'wait'>((resolve) => setTimeout(resolve, 20, 'wait')),
    ]);
    if (code !== 'wait') throw new Error(`The server ended with ${code}: ${program.output()}`);
  }
}
