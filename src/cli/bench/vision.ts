import { SECOND_MS } from '#values';
import type { Bench, Figure } from '../bench.ts';
import { clothes } from './faces/clothes.ts';
import { type Backend, openBenchPage, openEyes, type SeenFrame } from './faces/eyes.ts';
import { FRAME_SIDE, frameWithFace, type TestFrame } from './faces/frames.ts';
import { judge, type Verdict } from './faces/judge.ts';
import { installPeers, lookWithPeer, PEERS, type Peer } from './faces/peers.ts';
import { portraits } from './faces/portraits.ts';
import { drawRoom } from './faces/scenes.ts';
import { lookAt } from './faces/sway.ts';
import { table } from './faces/table.ts';
import { against, alone } from './parts/figures.ts';

/** WebGL in software takes seconds a frame with the largest of the networks, so it gets fewer. */
const LOOKS = { wasm: { faces: 32, empty: 16 }, webgl: { faces: 8, empty: 4 } } as const;
const BACKENDS = ['wasm', 'webgl'] as const;
const HEIGHTS = [0.6, 0.36, 0.21, 0.12] as const;
const MIB = 1024 * 1024;
/** Without the age question, as a visit is unless the visitor ticks it, and with it, as the others do. */
const OURS = [
  { name: 'askfirst-count', demographicsOf: 0 },
  { name: 'askfirst', demographicsOf: 1 },
] as const;
/** Whom everything is compared with. */
const ORIGINAL = 'face-api.js-0.22.2';

interface TestLook {
  readonly frames: readonly Buffer[];
  readonly face: TestFrame['face'];
}

type LookWith = (frames: readonly Buffer[]) => Promise<readonly SeenFrame[]>;

interface Result {
  readonly name: string;
  readonly backend: Backend;
  /** From an empty page to the first answer. */
  readonly warmUpMs: number;
  readonly mib: number;
  readonly firstFrameMs: number;
  readonly nextFrameMs: number;
  /** Three frames that agree, as the kiosk decides. */
  readonly decisionMs: number;
  /** Of the processors' time, by look, those without a face among them: what a busy machine changes least. */
  readonly busyMs: number;
  readonly found: string;
  readonly falseFaces: string;
}

/**
 * From the first frame to the decision, against the original face-api.js, Human and MediaPipe, on the same frames in one run. What was
 * measured is told at once, on the error output, since a run with all of them takes many minutes.
 */
export const bench: Bench = async function* ({ backend: wanted, only }) {
  const isWanted = (name: string) => only === null || name === only;
  const peers = PEERS.filter(({ name }) => isWanted(name));
  if (peers.length === 0 && !OURS.some(({ name }) => isWanted(name)))
    throw new Error(`--only is one of ${[...OURS, ...PEERS].map(({ name }) => name).join(', ')}.`);
  const folder = peers.length === 0 ? '' : await installPeers();
  const results: Result[] = [];
  for (const backend of wanted === null ? BACKENDS : [wanted]) {
    const looks = await looksFor(backend);
    const told = (measured: Result | string, name: string) => {
      if (typeof measured === 'string')
        return console.error(`${name} on ${backend}: not run, because ${measured}.`);
      results.push(measured);
      console.error(tableOf([measured]));
    };
    for (const ours of OURS.filter(({ name }) => isWanted(name)))
      told(await measureOurs(ours, backend, looks), ours.name);
    for (const peer of peers) told(await measurePeer(peer, folder, backend, looks), peer.name);
  }
  for (const result of results) yield* figuresOf(result, results);
  console.error(tableOf(results));
};

/** Half as many scenes without a face as with one, each as the frames of one look. */
async function looksFor(backend: Backend): Promise<readonly TestLook[]> {
  const { faces, empty } = LOOKS[backend];
  const looks: TestLook[] = [];
  for (const [index, person] of (await portraits(faces)).entries()) {
    const { png, face } = await frameWithFace(person, HEIGHTS[index % HEIGHTS.length] ?? HEIGHTS[0], 'plain');
    looks.push({ frames: await lookAt(png, FRAME_SIDE), face });
  }
  const dressed = await clothes(FRAME_SIDE);
  for (let index = 0; index < empty; index += 1) {
    const scene = index % 2 === 0 ? dressed[(index * 7) % dressed.length] : undefined;
    const png = scene ?? drawRoom(FRAME_SIDE, 'vision', index);
    looks.push({ frames: await lookAt(png, FRAME_SIDE), face: null });
  }
  return looks;
}

async function measureOurs(
  { name, demographicsOf }: (typeof OURS)[number],
  backend: Backend,
  looks: readonly TestLook[],
): Promise<Result> {
  const opened = await openBenchPage();
  try {
    const started = performance.now();
    const eyes = await openEyes(opened, backend);
    const look: LookWith = (frames) => eyes.look(frames, demographicsOf);
    await look(looks[0]?.frames.slice(0, 1) ?? []);
    const warmUpMs = performance.now() - started;
    const mib = opened.served.takeBytes() / MIB;
    return { name, backend, warmUpMs, mib, ...(await measureLooks(look, looks, opened.processorMs)) };
  } finally {
    await opened.close();
  }
}

/** What it measured, or why it could not. */
async function measurePeer(peer: Peer, folder: string, backend: Backend, looks: readonly TestLook[]) {
  const opened = await openBenchPage(folder);
  try {
    const started = performance.now();
    await opened.page.evaluate(peer.start, backend);
    const look: LookWith = (frames) => lookWithPeer(opened.page, frames);
    await look(looks[0]?.frames.slice(0, 1) ?? []);
    const warmUpMs = performance.now() - started;
    const mib = opened.served.takeBytes() / MIB;
    return {
      name: peer.name,
      backend,
      warmUpMs,
      mib,
      ...(await measureLooks(look, looks, opened.processorMs)),
    };
  } catch (error) {
    return firstLine(error);
  } finally {
    await opened.close();
  }
}

async function measureLooks(look: LookWith, looks: readonly TestLook[], processorMs: () => Promise<number>) {
  const before = await processorMs();
  const verdicts: { verdict: Verdict; isEmpty: boolean }[] = [];
  const times: (readonly number[])[] = [];
  for (const { frames, face } of looks) {
    const seen = await look(frames);
    verdicts.push({ verdict: judge(seen, face), isEmpty: face === null });
    if (face !== null) times.push(seen.map(({ ms }) => ms));
  }
  const withFace = verdicts.filter(({ isEmpty }) => !isEmpty);
  return {
    firstFrameMs: median(times.map(([first = 0]) => first)),
    nextFrameMs: median(times.flatMap(([, ...next]) => next)),
    decisionMs: median(times.map((look) => look.reduce((sum, ms) => sum + ms, 0))),
    busyMs: ((await processorMs()) - before) / looks.length,
    found: `${withFace.filter(({ verdict }) => verdict.found).length} of ${withFace.length}`,
    falseFaces: `${verdicts.filter(({ verdict }) => verdict.falseOnce).length} of ${verdicts.length}`,
  };
}

function* figuresOf(result: Result, all: readonly Result[]): Generator<Figure> {
  const name = `vision.${result.backend}.${result.name}`;
  const original = all.find((one) => one.backend === result.backend && one.name === ORIGINAL);
  const seconds = (ms: number) => ms / SECOND_MS;
  yield alone(`${name}.warm-up`, seconds(result.warmUpMs), 's');
  yield alone(`${name}.bytes`, result.mib, 'MiB');
  yield alone(`${name}.first-frame`, seconds(result.firstFrameMs), 's');
  yield alone(`${name}.next-frame`, seconds(result.nextFrameMs), 's');
  if (original === undefined || original === result) {
    yield alone(`${name}.decision`, seconds(result.decisionMs), 's');
    yield alone(`${name}.processor`, seconds(result.busyMs), 's');
  } else {
    const other = `vision.${original.backend}.${original.name}`;
    yield against(
      `${name}.decision`,
      seconds(result.decisionMs),
      `${other}.decision`,
      seconds(original.decisionMs),
    );
    yield against(
      `${name}.processor`,
      seconds(result.busyMs),
      `${other}.processor`,
      seconds(original.busyMs),
    );
    // The README of the original decides from a single frame.
    yield against(
      `${name}.decision`,
      seconds(result.decisionMs),
      `${other}.first-frame`,
      seconds(original.firstFrameMs),
    );
  }
  yield alone(`${name}.found`, Number.parseInt(result.found, 10), result.found.replace(/^\d+ /, 'looks '));
  yield alone(
    `${name}.false`,
    Number.parseInt(result.falseFaces, 10),
    result.falseFaces.replace(/^\d+ /, 'looks '),
  );
}

function tableOf(results: readonly Result[]): string {
  const head = [
    '',
    'backend',
    'warm-up',
    'bytes',
    'first frame',
    'next frame',
    'decision',
    'processor',
    'found',
    'false',
  ];
  const ms = (value: number) => `${Math.round(value)} ms`;
  return table(
    head,
    results.map((result) => [
      result.name,
      result.backend,
      ms(result.warmUpMs),
      `${result.mib.toFixed(1)} MiB`,
      ms(result.firstFrameMs),
      ms(result.nextFrameMs),
      ms(result.decisionMs),
      ms(result.busyMs),
      result.found,
      result.falseFaces,
    ]),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function firstLine(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.replace(/^page\.evaluate: (Error: )?/, '').replace(/\.$/, '');
}
