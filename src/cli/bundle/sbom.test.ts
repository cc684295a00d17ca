import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, it } from 'vitest';
import {
  importedPackages,
  type LockedPackages,
  makeBill,
  packageOfModule,
  withDependencies,
  workboxParts,
} from './sbom.ts';

const INTEGRITY = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
const locked: LockedPackages = {
  'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { b: '^1', '@s/c': '^1' } },
  'node_modules/b': { version: '2.0.0', license: 'ISC' },
  'node_modules/a/node_modules/b': { version: '1.0.0', license: 'ISC', dependencies: { '@s/c': '^1' } },
  'node_modules/@s/c': { version: '3.0.0', license: 'SEE LICENSE IN x', integrity: INTEGRITY },
  'node_modules/alias': { name: '@real/name', version: '4.0.0' },
  'node_modules/unused': { version: '9.0.0' },
};

describe('what the bill of materials is made from', () => {
  it.each([
    ['/x/node_modules/react/index.js', 'node_modules/react'],
    ['/x/node_modules/@s/c/dist/a.js?commonjs-es-import', 'node_modules/@s/c'],
    ['\0/x/node_modules/a/node_modules/b/a.js', 'node_modules/a/node_modules/b'],
    ['/x/src/staff/index.ts', null],
    ['\0vite/preload-helper.js', null],
  ])('a module %j lies in %j', (module, folder) => expect(packageOfModule(module)).toBe(folder));

  it('imports by name are packages; types, own rooms, paths and what Node brings are not', () => {
    const source = [
      "import fastify, { type X } from 'fastify';",
      "import type { T } from 'only-types';",
      "import { y } from '@s/c/deep.js';",
      "import { z } from '#values';",
      "import './here.ts';",
      "import { w } from 'node:fs';",
    ].join('\n');
    expect([...importedPackages([source])]).toEqual(['fastify', '@s/c']);
  });

  it('what a package needs is found as Node finds it, the nearest folder first', () => {
    expect([...withDependencies(['a'], locked)]).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/@s/c',
    ]);
  });

  it('a service worker says itself which parts of Workbox it holds', () => {
    expect([...workboxParts('self["workbox:core:7.3.0"]&&_();self["workbox:routing:7.3.0"]')]).toEqual([
      'node_modules/workbox-core',
      'node_modules/workbox-routing',
    ]);
  });
});

describe('the bill of materials', () => {
  const product = { name: 'askfirst', version: '0.1.0', license: 'Apache-2.0' };
  const bill = makeBill(
    product,
    { browser: ['node_modules/alias', 'node_modules/@s/c'], server: ['node_modules/@s/c'] },
    [{ file: 'models/x.bin', sha256: 'ab'.repeat(32) }],
    locked,
  ) as { components: { name: string; purl?: string; properties?: { name: string; value: string }[] }[] };

  it('is CycloneDX 1.6', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
  });

  it('is valid by the schema that CycloneDX publishes, which refuses what is not', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(JSON.stringify(bill))).toBeNull();
    const { components } = bill;
    const nameless = components.map(({ name: _, ...part }) => part);
    expect(await validator.validate(JSON.stringify({ ...bill, components: nameless }))).not.toBeNull();
  });

  it('names each part once by its real name, with where it runs', () => {
    expect(bill.components.map(({ name }) => name)).toEqual(['@s/c', '@real/name', 'models/x.bin']);
    const places = bill.components[0]?.properties?.filter(({ name }) => name === 'askfirst:runsIn');
    expect(places?.map(({ value }) => value)).toEqual(['browser', 'server']);
    expect(bill.components[1]).toMatchObject({
      purl: 'pkg:npm/%40real/name@4.0.0',
      properties: [{ value: 'alias' }, { value: 'browser' }],
    });
    expect(bill.components[0]).toMatchObject({
      hashes: [{ alg: 'SHA-512', content: '01'.repeat(64) }],
      licenses: [{ license: { name: 'SEE LICENSE IN x' } }],
    });
  });

  it('names the networks with the hash of their weights', () => {
    expect(bill.components[2]).toMatchObject({
      type: 'machine-learning-model',
      hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }],
    });
  });
});
