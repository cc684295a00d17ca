import { parseArgs } from 'node:util';
import type { Outcome } from '#values';

const USAGE = `npm run replay -- --export DIR [--visits N] [--kiosks N] [--shops N] [--days N] [--seed N] [--url URL [--codes CODE,CODE]]`;

export interface ReplayOptions {
  readonly visits: number;
  readonly kiosks: number;
  /** Null with `--url` where nothing is said: then as many as that server lets the kiosks into. */
  readonly shops: number | null;
  readonly days: number;
  readonly seed: number;
  readonly exportDir: string;
  /** A server that runs already; null for one of our own. */
  readonly url: string | null;
  /** One for each kiosk; null where that server needs none. */
  readonly codes: readonly string[] | null;
}

/** The reference workload: what one car maker's cameras took in half a year. */
const REFERENCE = { visits: 431_623, kiosks: 22, shops: 7, days: 181, seed: 1 } as const;
/** Half a year is what tablets are built for; in ten years no time zone stays as it is. */
const MOST = { visits: 10_000_000, kiosks: 10_000, shops: 1_000, days: 3_660, seed: 2 ** 32 } as const;

type Figure = keyof typeof REFERENCE;

/** What the words on the command line ask for, or one sentence that says what is wrong with them. */
export function readReplayOptions(
  args: readonly string[],
): Outcome<{ readonly options: ReplayOptions }, string> {
  const read = readWords(args);
  if (!read.ok) return read;
  const { words } = read;
  const figures: Record<Figure, number> = { ...REFERENCE };
  for (const name of Object.keys(REFERENCE) as Figure[]) {
    const text = words[name];
    if (text === undefined) continue;
    const least = name === 'seed' ? 0 : 1;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > MOST[name]) {
      return refuse(`--${name} must be a whole number from ${least} to ${MOST[name]}, not "${text}".`);
    }
    figures[name] = value;
  }
  const { visits, kiosks, shops, days, seed } = figures;
  if (words.export === undefined || words.export === '') {
    return refuse(`Say where the ledgers go: --export DIR.\n\n${USAGE}`);
  }
  if (kiosks < shops && (words.url === undefined || words.shops !== undefined)) {
    return refuse(`${shops} shops need at least as many kiosks, not ${kiosks}.`);
  }
  const server = readServer(words.url, words.codes, kiosks);
  if (!server.ok) return server;
  const { url, codes } = server;
  const known = url !== null && words.shops === undefined ? null : shops;
  return {
    ok: true,
    options: { visits, kiosks, shops: known, days, seed, exportDir: words.export, url, codes },
  };
}

type Words = Partial<Record<Figure | 'export' | 'url' | 'codes', string>>;

function readWords(args: readonly string[]): Outcome<{ readonly words: Words }, string> {
  const text = { type: 'string' } as const;
  const options = {
    visits: text,
    kiosks: text,
    shops: text,
    days: text,
    seed: text,
    export: text,
    url: text,
    codes: text,
  } as const;
  try {
    return { ok: true, words: { ...parseArgs({ args: [...args], options }).values } };
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    return refuse(`${sentence.replace(/\.$/, '')}.\n\n${USAGE}`);
  }
}

function readServer(
  url: string | undefined,
  codes: string | undefined,
  kiosks: number,
): Outcome<{ readonly url: string | null; readonly codes: readonly string[] | null }, string> {
  if (url === undefined) {
    return codes === undefined
      ? { ok: true, url: null, codes: null }
      : refuse('--codes belongs to --url: a server of our own needs none.');
  }
  const isAddress = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isAddress) return refuse(`--url must be an address such as http://localhost:8080, not "${url}".`);
  if (codes === undefined) return { ok: true, url: new URL(url).origin, codes: null };
  const list = codes.split(',').map((code) => code.trim());
  if (list.length !== kiosks || list.includes('')) {
    return refuse(`--codes must name one pairing code for each of the ${kiosks} kiosks, parted by commas.`);
  }
  return { ok: true, url: new URL(url).origin, codes: list };
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
