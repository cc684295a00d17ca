import { gzipSync } from 'node:zlib';
import { APPS, type App, type Chunk, firstPageOf, textsOf } from './graph.ts';

/** Thousands of bytes, from `budgets` in package.json: first-page JavaScript by app after gzip, its texts in one language included, and the networks' weights as they are. */
export type Budgets = Readonly<Record<App | 'models', number>>;

export interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
}

const KB = 1000;

/** What each part weighs against its limit. */
export function measure(chunks: readonly Chunk[], modelBytes: number, budgets: Budgets): readonly Size[] {
  const apps = APPS.map((app) => ({
    name: `${app}, first page, gzip`,
    bytes:
      firstPageOf(app, chunks).reduce((sum, chunk) => sum + weigh(chunk), 0) +
      // One language is loaded, and nobody knows which.
      Math.max(0, ...textsOf(app, chunks).map(weigh)),
    limit: budgets[app] * KB,
  }));
  return [...apps, { name: 'models', bytes: modelBytes, limit: budgets.models * KB }];
}

function weigh({ code }: Chunk): number {
  return gzipSync(code).length;
}

export function describeSize({ name, bytes, limit }: Size): string {
  return `${name}: ${(bytes / KB).toFixed(1)} KB of ${limit / KB} KB`;
}
