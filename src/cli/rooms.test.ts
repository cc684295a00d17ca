import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** One snippet is one file in a small copy of the house; the linter goes through all of them in one run. */
interface Snippet {
  readonly file: string;
  readonly code: string;
}

const at = (file: string, code: string): Snippet => ({ file, code });

const BIOME = resolve('node_modules/@biomejs/biome/bin/biome');
const OUR_RULES = readFileSync('biome.json', 'utf8');

const ROOM = 'Rooms import only downward';
const PATH = 'This path leaves the room';
const CAMERA = 'Only src/camera opens the camera';
const NETWORK = "Only a room's server-client.ts";
const STORAGE = 'Only src/tablet keeps';
const PURE = 'Pure rooms';
const NODE = 'Node.js builtin module';
/** What the linter says of a name that is denied by `noRestrictedGlobals`. */
const named = (name: string): string => `global variable ${name}`;

/** Sentence, expected message, snippet. */
const forbidden: readonly (readonly [string, string, Snippet])[] = [
  ['values may import no room', ROOM, at('values/x.ts', "export * from '#consent';")],
  ['consent may not import tablet', ROOM, at('consent/x.ts', "import '#tablet';")],
  ['ledger may not import counting', ROOM, at('ledger/x.ts', "export * from '#counting';")],
  ['counting may not import consent', ROOM, at('counting/x.ts', "export type { Purpose } from '#consent';")],
  ['protocol may not import tablet', ROOM, at('protocol/x.ts', "import '#tablet';")],
  ['inspection may not import tablet', ROOM, at('inspection/x.ts', "import '#tablet';")],
  ['ledger may not import inspection', ROOM, at('ledger/x.ts', "import '#inspection';")],
  ['protocol may not import inspection', ROOM, at('protocol/x.ts', "import '#inspection';")],
  ['receipt may not import receipts for tests', ROOM, at('receipt/x.ts', "import '#consent/testing';")],
  ['server may not import ledgers for tests', ROOM, at('server/x.ts', "import '#inspection/testing';")],
  ['camera may not import vision', ROOM, at('camera/x.ts', "import '#vision';")],
  ['vision may not import camera', ROOM, at('vision/x.ts', "import '#camera';")],
  ['i18n may not import ui', ROOM, at('i18n/x.ts', "import '#ui';")],
  ['ui may not import tablet', ROOM, at('ui/x.tsx', "import '#tablet';")],
  ['tablet may not import camera', ROOM, at('tablet/x.ts', "import '#camera';")],
  ['staff may not import tablet', ROOM, at('staff/x.tsx', "import '#tablet';")],
  ['receipt may not import ledger', ROOM, at('receipt/x.tsx', "import '#ledger';")],
  ['kiosk may not import staff, even lazily', ROOM, at('kiosk/x.tsx', "export const a = import('#staff');")],
  ['server may not import tablet', ROOM, at('server/x.ts', "import '#tablet';")],
  ['kiosk may not import the gallery', ROOM, at('kiosk/x.tsx', "export const a = import('#gallery');")],
  ['nor what is made for it', ROOM, at('kiosk/x.tsx', "import '#kiosk/gallery';")],
  ['gallery may not import the kiosk itself', ROOM, at('gallery/x.tsx', "import '#kiosk';")],
  ['nor the tablet', ROOM, at('gallery/x.tsx', "import '#tablet';")],
  ['cli may not import vision', ROOM, at('cli/x.ts', "import '#vision';")],
  ['a room may not be entered deeper than its index', ROOM, at('ledger/x.ts', "import '#values/hash';")],
  ['a path may not lead into another room', PATH, at('consent/x.ts', "import '../values/hash.ts';")],
  ['a deep path may not either', PATH, at('kiosk/visit/x.ts', "import '../../tablet/commit.ts';")],
  ['a deeper path may not either', PATH, at('staff/a/b/x.ts', "import '../../../tablet/commit.ts';")],
  ['a roundabout path may not either', PATH, at('staff/a/x.ts', "import './../../tablet/commit.ts';")],
  ['a lazy path may not either', PATH, at('kiosk/x.ts', "export const a = import('../tablet/index.ts');")],
  [
    "another room's worker may not be started",
    PATH,
    at('kiosk/x.ts', "new Worker(new URL('../vision/worker.ts', import.meta.url));"),
  ],
  ['the server may not import the command line', PATH, at('server/x.ts', "import '../cli/replay.ts';")],
  ['the browser may not reach the server', PATH, at('tablet/x.ts', "import '../server/app.ts';")],
  ['the page may not reach into a room', PATH, at('x.tsx', "import './kiosk/app.tsx';")],
  ['kiosk may not open the camera', CAMERA, at('kiosk/x.tsx', 'navigator.mediaDevices.getUserMedia({});')],
  ['nor with a question mark', CAMERA, at('kiosk/x.tsx', 'navigator.mediaDevices?.getUserMedia?.({});')],
  ['nor by a text', CAMERA, at('kiosk/x.tsx', "navigator.mediaDevices['getUserMedia']({});")],
  ['nor taken apart', CAMERA, at('ui/x.ts', 'export const { getUserMedia } = navigator.mediaDevices;')],
  ['nor renamed', CAMERA, at('ui/x.ts', 'export const { getUserMedia: open } = navigator.mediaDevices;')],
  ['nor the screen', CAMERA, at('vision/x.ts', 'navigator.mediaDevices.getDisplayMedia({});')],
  ['kiosk may not fetch', named('fetch'), at('kiosk/x.ts', "export const a = fetch('/api');")],
  ['nor through the window', NETWORK, at('kiosk/x.ts', "export const a = window.fetch('/api');")],
  ['nor by a text', NETWORK, at('kiosk/x.ts', "export const a = globalThis['fetch']('/api');")],
  ['nor send a beacon', NETWORK, at('kiosk/x.ts', "navigator.sendBeacon('/api');")],
  ['nor listen', named('EventSource'), at('staff/x.ts', "export const a = new EventSource('/api');")],
  ['nor open a socket', named('WebSocket'), at('camera/x.ts', "export const a = new WebSocket('/api');")],
  [
    'nor use the old way',
    named('XMLHttpRequest'),
    at('vision/x.ts', 'export const a = new XMLHttpRequest();'),
  ],
  ['tablet fetches in one module only', named('fetch'), at('tablet/x.ts', "export const a = fetch('/api');")],
  ['kiosk may not open IndexedDB', named('indexedDB'), at('kiosk/x.ts', "indexedDB.open('a');")],
  ['nor through the window', STORAGE, at('kiosk/x.ts', "self.indexedDB.open('a');")],
  ['nor with idb', STORAGE, at('staff/x.ts', "export { openDB } from 'idb';")],
  [
    'a server client may not either',
    named('indexedDB'),
    at('staff/server-client.ts', "indexedDB.open('a');"),
  ],
  ['consent may not read the clock', PURE, at('consent/x.ts', 'export const a = Date.now();')],
  ['nor ask for today', PURE, at('values/x.ts', 'export const a = new Date();')],
  ['nor roll dice', PURE, at('counting/x.ts', 'export const a = Math.random();')],
  ['nor pass the dice on', PURE, at('counting/x.ts', 'export const a = Math.random;')],
  ['nor use WebCrypto', named('crypto'), at('ledger/x.ts', 'export const a = crypto.subtle;')],
  [
    'nor reach it through globalThis',
    named('globalThis'),
    at('ledger/x.ts', 'export const a = globalThis.crypto;'),
  ],
  ['nor wait', named('setTimeout'), at('consent/x.ts', 'setTimeout(() => undefined, 1);')],
  ['nor measure time', named('performance'), at('consent/x.ts', 'export const a = performance.now();')],
  ['nor use another package', PURE, at('consent/x.ts', "export { z } from 'zod';")],
  [
    'nor a package for its types',
    PURE,
    at('consent/x.ts', "import type { z } from 'zod';\nexport type Z = z.ZodType;"),
  ],
  ['nor Node', PURE, at('ledger/x.ts', "import 'node:fs';")],
  ['inspection may not read the clock', PURE, at('inspection/checks/x.ts', 'export const a = Date.now();')],
  ['nor a disk', PURE, at('inspection/x.ts', "import 'node:fs';")],
  ['nor use WebCrypto itself', named('crypto'), at('inspection/x.ts', 'export const a = crypto.subtle;')],
  ['no room of the browser may use Node', NODE, at('kiosk/x.ts', "import 'node:fs';")],
];

const allowed: readonly Snippet[] = [
  at('consent/x.ts', "export * from '#values';"),
  at('consent/x.ts', 'export const a = new Date(0).toISOString();'),
  at('values/x.ts', "export { sha256 } from '@noble/hashes/sha2.js';"),
  at('ledger/x.ts', "export * from '#consent';\nexport * from './seal.ts';"),
  at('ledger/x.test.ts', "import 'vitest';\n\nexport const a = Date.now();"),
  at('protocol/x.ts', "export { z } from 'zod';"),
  at('inspection/x.ts', "export * from '#protocol';\nexport { z } from 'zod';"),
  at('staff/x.ts', "export * from '#inspection';"),
  at('server/x.ts', "export * from '#inspection';"),
  at('cli/bench/x.ts', "export * from '#inspection';\nexport * from '#inspection/testing';"),
  at('camera/x.ts', 'export const a = navigator.mediaDevices.getUserMedia({});'),
  at('tablet/x.ts', "export { openDB } from 'idb';"),
  at('tablet/server-client.ts', "export const a = fetch('/api');"),
  at('staff/server-client.ts', "export const a = new EventSource('/api');"),
  at('receipt/server-client.ts', "export const a = fetch('/api');"),
  at('vision/weights.ts', "export const a = fetch('/models');"),
  at(
    'kiosk/visit/x.ts',
    "export * from '#camera';\nexport * from '#tablet';\nexport * from '#ui/today';\nexport * from '../step.ts';",
  ),
  at('server/x.ts', "export * from 'node:fs';\nexport * from '#protocol';"),
  at('cli/x.ts', "export * from '#ledger';\nexport * from '../server/index.ts';"),
  at('cli/replay/x.ts', "export * from '../../server/index.ts';\nexport * from '../progress.ts';"),
  at('x.tsx', "export const a = import('#kiosk');"),
  at(
    'gallery/x.tsx',
    "export * from '#kiosk/gallery';\nexport * from '#receipt/gallery';\nexport * from '#ui';",
  ),
];

interface Diagnostic {
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

/** Files called `x` get a number, so that no snippet overwrites another; the names that a rule knows stay. */
const numbered = ({ file }: Snippet, index: number): string =>
  join('src', file.replace(/\bx\./, `x${index}.`));

/** Builds a house of these snippets under our own rules and gives what the linter says of each. */
function lint(snippets: readonly Snippet[], config = OUR_RULES): readonly (readonly string[])[] {
  const house = mkdtempSync(join(tmpdir(), 'askfirst-rooms-'));
  try {
    writeFileSync(join(house, 'biome.json'), config);
    cpSync('src/cli/rules', join(house, 'src/cli/rules'), { recursive: true });
    for (const [index, snippet] of snippets.entries()) {
      const path = join(house, numbered(snippet, index));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${snippet.code}\n`, { flag: 'wx' });
    }
    const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
    const run = spawnSync(process.execPath, [BIOME, ...options], { cwd: house, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: readonly Diagnostic[] };
    return snippets.map((snippet, index) =>
      diagnostics
        .filter(
          ({ severity, location }) => severity === 'error' && location.path === numbered(snippet, index),
        )
        .map(({ message }) => message),
    );
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

describe('the rooms of the house', () => {
  let found: ReturnType<typeof lint>;
  beforeAll(() => {
    found = lint(forbidden.map(([, , snippet]) => snippet));
  });

  it.each(forbidden.map(([sentence, message, snippet], index) => ({ sentence, message, snippet, index })))(
    '$sentence ($snippet.file, $index)',
    ({ message, index }) => {
      expect(
        found[index]?.some((text) => text.includes(message)),
        found[index]?.join('\n') ?? '',
      ).toBe(true);
    },
  );
});

const PURE_ROOMS = {
  values: [],
  consent: ['#values'],
  ledger: ['#values', '#consent'],
  counting: ['#values'],
} as const;
const MIDDLE_ROOMS = ['camera', 'vision', 'tablet', 'i18n', 'ui'];
const SCREENS = ['kiosk', 'staff', 'receipt', 'gallery'];
const BROWSER_ROOMS = [...MIDDLE_ROOMS, ...SCREENS];
const MACHINE_ROOMS = ['server', 'cli'];
const ROOMS = [...Object.keys(PURE_ROOMS), 'protocol', ...BROWSER_ROOMS, ...MACHINE_ROOMS];
const NAMES = [...Object.keys(PURE_ROOMS), 'protocol', ...BROWSER_ROOMS]
  .map((room) => `#${room}`)
  .concat('#ui/today');
/** Whatever a rule says of a snippet. The messages are those of the rules, never of another check. */
const RULES = [ROOM, PATH, CAMERA, NETWORK, STORAGE, PURE, named('fetch'), named('indexedDB')];

const without = (rooms: readonly string[], ...left: string[]) => rooms.filter((room) => !left.includes(room));
const importing = (rooms: readonly string[], sources: readonly string[]): Snippet[] =>
  rooms.flatMap((room) => sources.map((source) => at(`${room}/x.ts`, `import '${source}';`)));

/** The rules of the house for each room that they bind, and not only for one example. */
const everywhere: readonly (readonly [string, readonly Snippet[]])[] = [
  [
    'pure rooms import nothing but each other',
    Object.entries(PURE_ROOMS).flatMap(([room, allowedNames]) =>
      importing([room], without(NAMES, `#${room}`, ...allowedNames)),
    ),
  ],
  [
    'protocol imports the pure rooms alone',
    importing(
      ['protocol'],
      without(NAMES, '#protocol', ...Object.keys(PURE_ROOMS).map((room) => `#${room}`)),
    ),
  ],
  [
    'server and command line import no room of the browser',
    importing(
      MACHINE_ROOMS,
      without(NAMES, '#protocol', ...Object.keys(PURE_ROOMS).map((room) => `#${room}`)),
    ),
  ],
  [
    'no other room imports the server, nor the command line',
    importing(without(ROOMS, ...MACHINE_ROOMS), ['../server/index.ts', '../cli/check.ts', '#server']),
  ],
  [
    'no room imports a screen',
    importing(
      ROOMS,
      SCREENS.map((room) => `#${room}`),
    ).filter(({ file, code }) => !code.includes(`#${file.split('/')[0]}'`)),
  ],
  [
    'the kiosk alone uses camera and vision',
    importing(without(ROOMS, 'kiosk', 'camera'), ['#camera']).concat(
      importing(without(ROOMS, 'kiosk', 'vision'), ['#vision']),
    ),
  ],
  [
    'the camera is opened in its own room alone',
    without(ROOMS, 'camera').map((room) => at(`${room}/x.ts`, 'navigator.mediaDevices.getUserMedia({});')),
  ],
  [
    'IndexedDB is opened in the tablet alone',
    without(ROOMS, 'tablet').flatMap((room) => [
      at(`${room}/x.ts`, "self.indexedDB.open('a');"),
      at(`${room}/x.ts`, "export { openDB } from 'idb';"),
    ]),
  ],
  [
    'the network is used in the clients alone',
    without(ROOMS, ...MACHINE_ROOMS).flatMap((room) => [
      at(`${room}/x.ts`, "export const a = fetch('/api');"),
      at(`${room}/x.ts`, "export const a = self.fetch('/api');"),
    ]),
  ],
];

describe('in every room', () => {
  const snippets = everywhere.flatMap(([, bound]) => bound);
  let found: Map<Snippet, readonly string[]>;
  let foundWithoutRules: ReturnType<typeof lint>;
  beforeAll(() => {
    const messages = lint(snippets);
    found = new Map(snippets.map((snippet, index) => [snippet, messages[index] ?? []]));
    foundWithoutRules = lint(snippets, JSON.stringify({ linter: { rules: { preset: 'recommended' } } }));
  });
  const isCaught = (messages: readonly string[]) =>
    messages.some((text) => RULES.some((rule) => text.includes(rule)));

  it.each(everywhere.map(([sentence, bound]) => ({ sentence, bound })))('$sentence', ({ bound }) => {
    expect(bound.length).toBeGreaterThan(1);
    expect(bound.filter((snippet) => !isCaught(found.get(snippet) ?? []))).toEqual([]);
  });

  it('it is our rules that say so, and without them nothing does', () => {
    expect(foundWithoutRules.filter(isCaught)).toEqual([]);
  });
});

describe('what the rooms may do', () => {
  let found: ReturnType<typeof lint>;
  beforeAll(() => {
    found = lint(allowed);
  });

  it.each(allowed.map((snippet, index) => ({ ...snippet, index })))('$file: $code', ({ index }) => {
    expect(found[index]).toEqual([]);
  });
});
