import { gzipSync } from 'node:zlib';
import { APPS, type App, type Chunk, firstPageOf } from './graph.ts';

/** Thousands of bytes, from `budgets` in package.json: first-page JavaScript by app after gzip, and the networks' weights and all fonts as they are. */
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
    name: `${app}, first page, gzip`,
    bytes: firstPageOf(app, chunks).reduce((sum, { code }) => sum + gzipSync(code).length, 0),
    limit: budgets[app] * KB,
  }));
  const others = (['models', 'fonts'] as const).map((name) => ({
    name,
    bytes: weights[name],
    limit: budgets[name] * KB,
  }));
  return [...apps, ...others];
}

export function describeSize({ name, bytes, limit }: Size): string {
  return `${name}: ${(bytes / KB).toFixed(1)} KB of ${limit / KB} KB`;
}
