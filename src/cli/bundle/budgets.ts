import { brotliCompressSync } from 'node:zlib';
import { APPS, type App, type Chunk, firstPageOf, textsOf } from './graph.ts';

/** Thousands of bytes, from `budgets` in package.json: first-page JavaScript by app as the server sends it (Brotli), its texts in one language included, and the networks' weights and all fonts as they are. */
export type Budgets = Readonly<Record<App | 'models' | 'fonts', number>>;

export interface Size {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
}

const KB = 1000;

/** What each part weighs against its limit. */
export function measure(
  chunks: readonly Chunk[],
  weights: { readonly models: number; readonly fonts: number },
  budgets: Budgets,
): readonly Size[] {
  const apps = APPS.map((app) => ({
    name: `${app}, first page, Brotli`,
    bytes:
      firstPageOf(app, chunks).reduce((sum, chunk) => sum + weigh(chunk), 0) +
      // One language is loaded, and nobody knows which.
      Math.max(0, ...textsOf(app, chunks).map(weigh)),
    limit: budgets[app] * KB,
  }));
  const others = (['models', 'fonts'] as const).map((name) => ({
    name,
    bytes: weights[name],
    limit: budgets[name] * KB,
  }));
  return [...apps, ...others];
}

function weigh({ code }: Chunk): number {
  return brotliCompressSync(code).length;
}

export function describeSize({ name, bytes, limit }: Size): string {
  return `${name}: ${(bytes / KB).toFixed(1)} KB of ${limit / KB} KB`;
}
