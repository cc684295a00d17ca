/**
 * `npm run bench [-- NAME]`: one JSON line a figure. `ratio` is value against `against`, both measured in the same run.
 * `--faces DIR` gives `accuracy` a folder of labelled pictures to look at instead of those it makes.
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
  readonly faces?: string | undefined;
}

export type Bench = (options: BenchOptions) => AsyncIterable<Figure>;

const names = readdirSync(new URL('./bench', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const { positionals: wanted, values: options } = parseArgs({
  allowPositionals: true,
  options: { faces: { type: 'string' } },
});
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${names.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  const { bench } = (await import(`./bench/${name}.ts`)) as { bench: Bench };
  for await (const figure of bench(options)) console.log(JSON.stringify(figure));
}
