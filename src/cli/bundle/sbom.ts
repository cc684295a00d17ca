/** A software bill of materials in CycloneDX 1.6 (ECMA-424), from the lock file, of what is really in the bundles and on the server. */

const NODE_MODULES = 'node_modules/';
const IMPORT_SOURCE = /(?:from|import)\s*\(?\s*'([^'.#][^']*)'/g;
const NODE_BUILT_IN = /^node:/;
const WORKBOX_MARK = /workbox:([a-z-]+):\d/g;

/** A package as npm's lock file (version 3) describes it, by the folder that it lies in. */
interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Where a part runs. */
export type Place = 'browser' | 'server';

export interface Network {
  readonly file: string;
  readonly sha256: string;
}

/** The folder in the lock file of a bundled module, or null where it is our own. */
export function packageOfModule(moduleId: string): string | null {
  const from = moduleId.indexOf(NODE_MODULES);
  if (from < 0) return null;
  const parts = moduleId.slice(from).split(NODE_MODULES);
  const [scopeOrName = '', name = ''] = (parts.pop() ?? '').split(/[/?]/);
  return [...parts, scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName].join(NODE_MODULES);
}

/** The packages that sources import by name. Types are not there when the program runs. */
export function importedPackages(sources: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const source of sources) {
    const code = source.replaceAll(/^(?:import|export) type [^;]*;/gm, '');
    for (const [, name = ''] of code.matchAll(IMPORT_SOURCE)) {
      if (NODE_BUILT_IN.test(name)) continue;
      const [scopeOrName = '', inScope] = name.split('/');
      names.add(scopeOrName.startsWith('@') ? `${scopeOrName}/${inScope}` : scopeOrName);
    }
  }
  return names;
}

/** The parts of Workbox that a finished service worker says it holds. */
export function workboxParts(serviceWorker: string): ReadonlySet<string> {
  return new Set(
    Array.from(serviceWorker.matchAll(WORKBOX_MARK), ([, part]) => `${NODE_MODULES}workbox-${part}`),
  );
}

/** Packages by their names, and all that they need in turn, as Node finds them from folder to folder. */
export function withDependencies(names: Iterable<string>, locked: LockedPackages): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) if (locked[NODE_MODULES + name] !== undefined) found.add(NODE_MODULES + name);
  // A set's iteration goes on to what is added meanwhile.
  for (const folder of found) {
    const { dependencies, optionalDependencies } = locked[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const needed = resolveFrom(folder, name, locked);
      if (needed !== null) found.add(needed);
    }
  }
  return found;
}

function resolveFrom(folder: string, name: string, locked: LockedPackages): string | null {
  for (let place = `${folder}/`; ; place = place.slice(0, place.lastIndexOf(NODE_MODULES))) {
    if (locked[place + NODE_MODULES + name] !== undefined) return place + NODE_MODULES + name;
    if (place === '') return null;
  }
}

/** The bill itself. The same sources give the same bill, byte by byte. */
export function makeBill(
  product: { readonly name: string; readonly version: string; readonly license: string },
  folders: Readonly<Record<Place, Iterable<string>>>,
  networks: readonly Network[],
  locked: LockedPackages,
): object {
  const places = new Map<string, Place[]>();
  for (const place of ['browser', 'server'] as const) {
    for (const folder of folders[place]) places.set(folder, [...(places.get(folder) ?? []), place]);
  }
  const known = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': product.name,
        name: product.name,
        version: product.version,
        licenses: [{ expression: product.license }],
      },
    },
    components: [
      ...known.map(([folder, at]) => library(folder, at, locked[folder] ?? {})),
      ...networks.map(({ file, sha256 }) => ({
        type: 'machine-learning-model',
        'bom-ref': `network:${file}`,
        name: file,
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      })),
    ],
  };
}

function library(folder: string, places: readonly Place[], locked: LockedPackage): object {
  const installedAs = folder.slice(folder.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);
  const name = locked.name ?? installedAs;
  const purl = `pkg:npm/${name.replace('@', '%40')}@${locked.version ?? ''}`;
  const { license, integrity } = locked;
  return {
    type: 'library',
    // The same version may lie in two folders.
    'bom-ref': folder,
    name,
    version: locked.version ?? '',
    purl,
    ...(license === undefined ? {} : { licenses: [licenseOf(license)] }),
    ...(integrity?.startsWith('sha512-') === true
      ? {
          hashes: [
            {
              alg: 'SHA-512',
              content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
            },
          ],
        }
      : {}),
    properties: [
      { name: 'askfirst:installedAs', value: installedAs },
      ...places.map((place) => ({ name: 'askfirst:runsIn', value: place })),
    ],
  };
}

/** An SPDX expression where it is one; otherwise the words of the package. */
function licenseOf(license: string): object {
  return /^[\w.+() -]+$/.test(license) && !license.startsWith('SEE ')
    ? { expression: license }
    : { license: { name: license } };
}
