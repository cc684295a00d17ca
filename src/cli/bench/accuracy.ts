import type { Bench, Figure } from '../bench.ts';
import { type Backend, type Eyes, openBenchPage, openEyes } from './faces/eyes.ts';
import { FACE_HEIGHTS, measureRecall, type Row } from './faces/recall.ts';
import { percent, table } from './faces/table.ts';
import { measureFolder } from './labelled/measure-folder.ts';
import { type GroupResult, sumUp } from './labelled/sum-up.ts';
import { alone } from './parts/figures.ts';

/** WASM gives the same boxes as WebGL, and is many times as fast where WebGL is software. */
const BACKEND: Backend = 'wasm';
const COUNTS = { plain: 40, each: 8 } as const;

/** How many faces a look finds, near and far, in good and bad conditions, and what it takes for a face that is none. */
export const bench: Bench = async function* ({ faces }) {
  const opened = await openBenchPage();
  try {
    const eyes = await openEyes(opened, BACKEND);
    yield* faces === undefined ? recall(eyes) : estimates(eyes, faces);
  } finally {
    await opened.close();
  }
};

async function* recall(eyes: Eyes): AsyncGenerator<Figure> {
  const rows: Row[] = [];
  for await (const row of measureRecall(eyes, COUNTS)) {
    rows.push(row);
    yield* figuresOf(row);
  }
  yield* summaryOf(rows);
  console.error(tableOf(rows));
}

/** How right age and gender are about the people in a folder of labelled pictures. */
async function* estimates(eyes: Eyes, folder: string): AsyncGenerator<Figure> {
  const results = sumUp(await measureFolder(eyes, folder));
  for (const { group, people, found, meanAgeErrorYears, ...shares } of results) {
    const name = `accuracy.${group.replaceAll(' ', '-')}`;
    yield alone(`${name}.people`, people, 'people');
    yield alone(`${name}.found`, found, 'people');
    if (meanAgeErrorYears !== null) yield alone(`${name}.mean-age-error`, meanAgeErrorYears, 'years');
    for (const [what, share] of Object.entries(shares)) {
      const dashed = what.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      if (share !== null) yield alone(`${name}.${dashed}`, share, 'share');
    }
  }
  console.error(estimatesTable(results));
}

function estimatesTable(results: readonly GroupResult[]): string {
  const head = [
    'group',
    'people',
    'found',
    'age error',
    'band right',
    'not sure',
    'gender right',
    'not sure',
  ];
  const years = (value: number | null) => (value === null ? '-' : `${value.toFixed(1)} years`);
  const share = (value: number | null) => (value === null ? '-' : percent(value, 1));
  return table(
    head,
    results.map((result) => [
      result.group,
      String(result.people),
      String(result.found),
      years(result.meanAgeErrorYears),
      share(result.bandRight),
      share(result.bandNotSure),
      share(result.genderRight),
      share(result.genderNotSure),
    ]),
  );
}

function* figuresOf(row: Row): Generator<Figure> {
  const { condition, faceHeight, looks, found, seenOnce, falseOnce, falseAlways } = row;
  const place = faceHeight === null ? condition : `${condition}.${Math.round(faceHeight * 100)}%`;
  const name = `accuracy.${place.replaceAll(' ', '-')}`;
  if (faceHeight !== null) {
    yield alone(`${name}.found`, found / looks, `of ${looks} looks`);
    yield alone(`${name}.seen-once`, seenOnce / looks, `of ${looks} looks`);
  }
  yield alone(`${name}.false-once`, falseOnce / looks, `of ${looks} looks`);
  yield alone(`${name}.false-always`, falseAlways / looks, `of ${looks} looks`);
}

function* summaryOf(rows: readonly Row[]): Generator<Figure> {
  const sum = (name: 'looks' | 'found' | 'falseOnce' | 'falseAlways', among: readonly Row[]) =>
    among.reduce((total, row) => total + row[name], 0);
  const empty = rows.filter(({ faceHeight }) => faceHeight === null);
  yield alone('accuracy.empty.false-once', sum('falseOnce', empty), `of ${sum('looks', empty)} looks`);
  yield alone('accuracy.empty.false-always', sum('falseAlways', empty), `of ${sum('looks', empty)} looks`);
  const worst = worstCondition(rows);
  if (worst !== null) {
    yield alone(`accuracy.worst.${worst.name.replaceAll(' ', '-')}`, worst.found, 'of all its looks');
  }
}

/** Over all heights of the face together. */
function worstCondition(rows: readonly Row[]): { readonly name: string; readonly found: number } | null {
  const names = new Set(rows.filter((row) => row.faceHeight !== null).map((row) => row.condition));
  const shares = [...names].map((name) => {
    const own = rows.filter((row) => row.condition === name);
    const looks = own.reduce((total, row) => total + row.looks, 0);
    return { name, found: own.reduce((total, row) => total + row.found, 0) / looks };
  });
  return shares.toSorted((a, b) => a.found - b.found)[0] ?? null;
}

function tableOf(rows: readonly Row[]): string {
  const head = ['condition', ...FACE_HEIGHTS.map((height) => `face ${Math.round(height * 100)} %`), 'false'];
  const names = [...new Set(rows.map((row) => row.condition))];
  const lines = names.map((name) => {
    const own = rows.filter((row) => row.condition === name);
    const recalls = FACE_HEIGHTS.map((height) => {
      const row = own.find((one) => one.faceHeight === height);
      return row === undefined ? '' : percent(row.found, row.looks);
    });
    const falseOnes = own.reduce((total, row) => total + row.falseOnce, 0);
    const looks = own.reduce((total, row) => total + row.looks, 0);
    return [name, ...recalls, `${falseOnes} of ${looks}`];
  });
  const worst = worstCondition(rows);
  const named = worst === null ? '' : `\nWorst: ${worst.name}, ${percent(worst.found, 1)} of its looks.`;
  return `${table(head, lines)}${named}`;
}
