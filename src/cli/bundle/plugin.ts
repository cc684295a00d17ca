/** The build's own judge: fails where the bundle breaks a promise or a budget, and prints the sizes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { type Budgets, describeSize, measure } from './budgets.ts';
import { type Chunk, filesNotOf } from './graph.ts';
import {
  descriptorUses,
  type EmittedFile,
  forbiddenWeights,
  foreignOrigins,
  isAllowedModel,
  isModel,
  type KnownWeights,
} from './promises.ts';

const MODELS_OF_THE_PACKAGE = 'node_modules/face-api.js/model';
const OWN_SOURCE = /\.(ts|tsx)$/;
/** This folder names what it forbids. */
const NOT_SHIPPED = /\.test\.tsx?$|^src\/cli\//;

export interface GuardedBundle {
  readonly plugin: Plugin;
  /** Whether the kiosk never needs this file, so that its service worker leaves it alone. */
  readonly isOfOtherApps: (file: string) => boolean;
}

/** A plugin that judges each build. */
export function guardBundle(budgets: Budgets): GuardedBundle {
  let chunks: readonly Chunk[] = [];
  let outDir = '';

  const plugin: Plugin = {
    name: 'askfirst:guard-bundle',
    // The gallery's build, which is never shipped, is judged by nobody.
    apply: (_config, { command, mode }) => command === 'build' && mode === 'production',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle(_options, bundle) {
      chunks = Object.values(bundle)
        .filter((file) => file.type === 'chunk' || file.fileName.endsWith('.json'))
        .map((file) => (file.type === 'chunk' ? toChunk(file) : toTexts(file)));
    },
    closeBundle: {
      // Before the service worker is made, whose own complaints would hide ours.
      order: 'pre',
      sequential: true,
      handler(error) {
        // Of a build that failed already there is nothing to judge.
        if (error !== undefined || chunks.length === 0) return;
        const files = readFiles(outDir);
        const sizes = measure(
          chunks,
          {
            models: bytesOf(files.filter(({ path }) => isModel(path))),
            fonts: bytesOf(files.filter(({ path }) => path.endsWith('.woff2'))),
          },
          budgets,
        );
        for (const size of sizes) console.log(describeSize(size));
        const faults = [
          ...forbiddenWeights(files, knownWeights(), sha256),
          ...descriptorUses(ownSources()),
          ...foreignOrigins(files),
          ...sizes
            .filter(({ bytes, limit }) => bytes > limit)
            .map((size) => `Over budget: ${describeSize(size)}.`),
        ];
        if (faults.length > 0) this.error(faults.join('\n'));
      },
    },
  };
  return {
    plugin,
    // After a failed build there are no chunks, and its own error is the one to read.
    isOfOtherApps: (file) => chunks.length > 0 && filesNotOf('kiosk', chunks).has(file),
  };
}

function toChunk(chunk: Rolldown.OutputChunk): Chunk {
  const { fileName, code, moduleIds, imports, dynamicImports, isEntry } = chunk;
  return {
    fileName,
    code,
    moduleIds,
    imports,
    dynamicImports,
    isEntry,
    css: [...(chunk.viteMetadata?.importedCss ?? [])],
  };
}

function toTexts({ fileName, source, originalFileNames }: Rolldown.OutputAsset): Chunk {
  const code = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const moduleIds = originalFileNames.map((path) => `/${path}`);
  return { fileName, code, moduleIds, imports: [], dynamicImports: [], isEntry: false, css: [] };
}

function readFiles(folder: string): readonly EmittedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: relative(folder, path), bytes: readFileSync(path) }));
}

function bytesOf(files: readonly EmittedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function knownWeights(): KnownWeights {
  const [allowed, forbidden] = [new Set<string>(), new Set<string>()];
  for (const { path, bytes } of readFiles(MODELS_OF_THE_PACKAGE)) {
    (isAllowedModel(path) ? allowed : forbidden).add(sha256(bytes));
  }
  return { allowed, forbidden };
}

function ownSources() {
  return readFiles('src')
    .map(({ path, bytes }) => ({ path: join('src', path), bytes }))
    .filter(({ path }) => OWN_SOURCE.test(path) && !NOT_SHIPPED.test(path))
    .map(({ path, bytes }) => ({ path, text: new TextDecoder().decode(bytes) }));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
