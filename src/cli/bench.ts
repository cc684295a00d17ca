/**
 * `npm run bench [-- NAME]`: one JSON line a figure. `ratio` is value against `against`, both measured in the same run.
 * `--visits N` plays so many visits instead of as many as a bench usually does; `--looks N` makes `endurance` look so many times, without
 * the rest of the visits; `--backend webgl` or `wasm` keeps `endurance` and `vision` to that one, and `--only NAME` keeps `vision` to one
 * program; `--faces DIR` gives `accuracy` a folder of labelled pictures to look at instead of those it makes.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** One figure. `against` says what it is compared with, and is null where it stands alone. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string | null;
  readonly ratio: number | null;
}

export interface BenchOptions {
  /** How many are played, null for as many as a bench usually does. */
  readonly visits: number | null;
  /** How many looks alone, null for whole visits. */
  readonly looks: number | null;
  /** The one backend that is measured, null for what a bench usually does. */
  readonly backend: 'webgl' | 'wasm' | null;
  /** The one program that is measured, null for all. */
  readonly only: string | null;
  readonly faces?: string | undefined;
}

export type Bench = (options: BenchOptions) => AsyncIterable<Figure>;

const names = readdirSync(new URL('./bench', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const { values, positionals: wanted } = parseArgs({
  options: {
    visits: { type: 'string' },
    looks: { type: 'string' },
    backend: { type: 'string' },
    only: { type: 'string' },
    faces: { type: 'string' },
  },
  allowPositionals: true,
});
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(`There is no bench "${unknown}". There are: ${names.join(', ')}.`);
const options: BenchOptions = {
  visits: countOf('visits', values.visits),
  looks: countOf('looks', values.looks),
  backend: backendOf(values.backend),
  only: values.only ?? null,
  faces: values.faces,
};
for (const name of wanted.length > 0 ? wanted : names) {
  const { bench } = (await import(`./bench/${name}.ts`)) as { bench: Bench };
  for await (const figure of bench(options)) console.log(JSON.stringify(figure));
}

function countOf(what: string, text: string | undefined): number | null {
  const count = text === undefined ? null : Number(text);
  if (count === null || (Number.isSafeInteger(count) && count > 0)) return count;
  return refuse(`--${what} is a number of ${what}: 20000.`);
}

function backendOf(text: string | undefined): BenchOptions['backend'] {
  if (text === undefined) return null;
  return text === 'webgl' || text === 'wasm' ? text : refuse('--backend is webgl or wasm.');
}

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}
