/**
 * `npm run bench [-- NAME]`: one JSON line a figure. `ratio` is value against `against`, both measured in the same run.
 * `--visits N` plays so many visits instead of as many as a bench usually does; `--faces DIR` gives `accuracy` a folder of labelled
 * pictures to look at instead of those it makes.
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
  readonly faces?: string | undefined;
}

export type Bench = (options: BenchOptions) => AsyncIterable<Figure>;

const names = readdirSync(new URL('./bench', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const { values, positionals: wanted } = parseArgs({
  options: { visits: { type: 'string' }, faces: { type: 'string' } },
  allowPositionals: true,
});
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${names.join(', ')}.`);
  process.exit(2);
}
const visits = values.visits === undefined ? null : Number(values.visits);
if (visits !== null && !(Number.isSafeInteger(visits) && visits > 0)) {
  console.error('--visits is a number of visits: 20000.');
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  const { bench } = (await import(`./bench/${name}.ts`)) as { bench: Bench };
  for await (const figure of bench({ visits, faces: values.faces })) console.log(JSON.stringify(figure));
}
