/** `npm start` and `npm run serve`: from a fresh clone to a running server. Other arguments go to the server. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { Failure, main, projectNode, root } from './tools.mjs';

await main(async () => {
  // Before anything that takes a minute.
  checkPort(process.env.PORT);
  await installIfNeeded();
  await buildIfNeeded();
  return serve(process.argv.slice(2));
});

function checkPort(port) {
  if (port === undefined || port === '') return;
  const number = Number(port);
  if (/^\d+$/.test(port) && number >= 1 && number <= 65_535) return;
  throw new Failure(`PORT is "${port}", and must be a whole number from 1 to 65535.`);
}

/** Runs the server until it ends, and ends as it ended. */
function serve(args) {
  const isForRealUse = args.includes('--serve');
  const others = args.filter((arg) => arg !== '--serve');
  const server = spawn(
    projectNode,
    [join(root, 'src/server/main.ts'), ...(isForRealUse ? [] : ['--demo']), ...others],
    { cwd: root, stdio: 'inherit' },
  );
  // A terminal sends Ctrl-C to the server as well; a second one might cut its orderly end short.
  process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'));
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  process.on('SIGHUP', () => server.kill('SIGHUP'));
  return new Promise((resolve, reject) => {
    server.on('error', (error) => reject(new Failure(`The server could not be started: ${error.message}.`)));
    server.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
