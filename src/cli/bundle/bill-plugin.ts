/** Writes the bill of materials beside the bundles, when both they and the service worker are there. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { fontPackages } from './fonts/make-font.ts';
import { isModel } from './promises.ts';
import {
  importedPackages,
  type LockedPackages,
  makeBill,
  packageOfModule,
  withDependencies,
  workboxParts,
} from './sbom.ts';

const BILL = 'sbom.json';
/** The rooms that the server runs. */
const SERVER_ROOMS = ['server', 'values', 'consent', 'ledger', 'counting', 'protocol', 'inspection'];
const WEIGHTS_ENDING = /\.bin$/;

export interface BillOfMaterials {
  readonly plugin: Plugin;
  /** Workers are bundles of their own. */
  readonly workerPlugin: Plugin;
}

export function billOfMaterials(): BillOfMaterials {
  // No module of these is in a bundle, but letters that were cut out of them are.
  const bundled = new Set<string>(fontPackages);
  let outDir = '';
  const collect: Pick<Plugin, 'generateBundle'> = {
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const id of file.moduleIds) {
          const folder = packageOfModule(id);
          if (folder !== null) bundled.add(folder);
        }
      }
    },
  };
  return {
    workerPlugin: { name: 'askfirst:worker-parts', ...collect },
    plugin: {
      name: 'askfirst:bill-of-materials',
      apply: 'build',
      enforce: 'post',
      configResolved(config) {
        outDir = resolve(config.root, config.build.outDir);
      },
      ...collect,
      closeBundle: {
        // After the service worker was made, so that its parts are among the others and the kiosk does not keep the bill.
        order: 'post',
        sequential: true,
        handler(error) {
          if (error !== undefined || bundled.size <= fontPackages.length) return;
          writeFileSync(join(outDir, BILL), `${JSON.stringify(billOf(outDir, bundled), null, 2)}\n`);
        },
      },
    },
  };
}

function billOf(outDir: string, bundled: Iterable<string>): object {
  const product = readJson('package.json') as { name: string; version: string; license: string };
  const { packages } = readJson('package-lock.json') as { packages: LockedPackages };
  const built = listFiles(outDir);
  const scripts = built.filter((file) => /^(?:sw|workbox-[\w-]+)\.js$/.test(file));
  const inServiceWorker = scripts.flatMap((file) => [
    ...workboxParts(readFileSync(join(outDir, file), 'utf8')),
  ]);
  const sources = SERVER_ROOMS.flatMap((room) =>
    listFiles(join('src', room)).map((file) => join('src', room, file)),
  )
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  const networks = built
    .filter((file) => isModel(file) && WEIGHTS_ENDING.test(file))
    .map((file) => ({
      file,
      sha256: createHash('sha256')
        .update(readFileSync(join(outDir, file)))
        .digest('hex'),
    }));
  return makeBill(
    product,
    {
      browser: [...bundled, ...inServiceWorker],
      server: withDependencies(importedPackages(sources), packages),
    },
    networks,
    packages,
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
