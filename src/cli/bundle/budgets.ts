import { gzipSync } from 'node:zlib';
import { APPS, type App, type Chunk, firstPageOf } from './graph.ts';

/** Thousands of bytes, from `budgets` in package.json: first-page JavaScript by app after gzip, and the networks' weights as they are. */
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
    bytes: firstPageOf(app, chunks).reduce((sum, { code }) => sum + gzipSync(code).length, 0),
    limit: budgets[app] * KB,
  }));
  return [...apps, { name: 'models', bytes: modelBytes, limit: budgets.models * KB }];
}

export function describeSize({ name, bytes, limit }: Size): string {
  return `${name}: ${(bytes / KB).toFixed(1)} KB of ${limit / KB} KB`;
}
