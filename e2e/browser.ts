/**
 * Finds a Chromium for the tests, and installs one where there is none. Run as a program it prints which it uses and, as its last line,
 * the path; `npm test` hands that to Playwright in ASKFIRST_CHROMIUM.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const USUAL_PLACES = [
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const VERSION_LIMIT_MS = 20_000;
/** Where Playwright's host is out of reach it may hang instead of failing. */
const PLAYWRIGHT_INSTALL_LIMIT_MS = 120_000;
const APT_LIMIT_MS = 300_000;

/** How the tests start Chromium: a fed camera instead of a real one, WebGL in software, and no call home. */
export function chromiumArgs({ cameraFeed }: { readonly cameraFeed?: string } = {}): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    ...(cameraFeed === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFeed}`]),
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
    // WebGL needs the software GPU; drawing the page with it too takes more time than all else that a test does.
    '--disable-gpu-compositing',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...(isRoot() ? ['--no-sandbox'] : []),
  ];
}

/** The path of a Chromium that is installed and starts, Playwright's own first, or null. */
export function findBrowser(): string | null {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...onPath, ...USUAL_PLACES].find(starts) ?? null;
}

/** A file of the right name may be a stand-in that only says how to install the browser, so it is asked for its version. */
function starts(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: VERSION_LIMIT_MS }).status === 0;
}

function installBrowser(): string | null {
  tell('No Chromium found: installing one with Playwright ...');
  const playwright = join(import.meta.dirname, '../node_modules/playwright/cli.js');
  attempt(process.execPath, [playwright, 'install', '--with-deps', 'chromium'], PLAYWRIGHT_INSTALL_LIMIT_MS);
  return findBrowser() ?? installWithApt();
}

function installWithApt(): string | null {
  const asRoot = isRoot() ? [] : ['sudo', '-n'];
  if (!isRoot() && spawnSync('sudo', ['-n', 'true']).status !== 0) return null;
  tell('Playwright could not install one: trying apt-get ...');
  const apt = (...args: string[]): boolean => {
    const [program = 'apt-get', ...before] = [...asRoot, 'apt-get'];
    return attempt(program, [...before, ...args], APT_LIMIT_MS);
  };
  // An old list of packages may still do where the update fails.
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
  return findBrowser();
}

/** Runs an installer with everything it says on the error output; one that hangs is ended. */
function attempt(program: string, args: readonly string[], timeout: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync(program, args, { timeout, killSignal: 'SIGKILL', stdio: ['ignore', 2, 2], env }).status === 0
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function tell(sentence: string): void {
  console.error(sentence);
}

if (import.meta.main) {
  const path = findBrowser() ?? installBrowser();
  if (path === null) {
    tell(
      'No Chromium could be found or installed: install Chromium or Google Chrome, then run the tests again.',
    );
    process.exitCode = 1;
  } else {
    console.log(`Browser for the tests: ${path}`);
    console.log(path);
  }
}
