import { expect, it } from 'vitest';
import { apiPaths } from '#protocol';
import { buildApp } from './build-app.ts';
import { openApi } from './open-api.ts';
import { type Operation, operations } from './operations.ts';
import { startTestServer, temporaryDir } from './testing/start-test-server.ts';

const TREE_INDENT = 4;

/** Everything in a document that has this name. */
function* valuesNamed(name: string, value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === name) yield inner;
    yield* valuesNamed(name, inner);
  }
}

/** `METHOD /path` of every route, from the tree that Fastify prints: each level adds a piece to the path of the one above. */
function* routesOf(tree: string): Generator<string> {
  const pieces: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent, piece, methods] = /^(.*?)[├└]── (\S+)(?: \(([^)]+)\))?/.exec(line) ?? [];
    if (indent === undefined || piece === undefined) continue;
    pieces.splice(indent.length / TREE_INDENT, pieces.length, piece);
    const path = pieces.join('').replaceAll(/:(\w+)/g, '{$1}');
    for (const method of methods?.split(', ') ?? []) if (method !== 'HEAD') yield `${method} ${path}`;
  }
}

it('is served as JSON and says which version of OpenAPI it is', async () => {
  const { url } = await startTestServer();
  const response = await fetch(`${url}/api/openapi.json`);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApi())));
  expect(openApi().openapi).toBe('3.1.0');
});

it('describes every route of the API, and none that is not there', async () => {
  const server = await startTestServer();
  const options = { ...server.context, port: 0, host: '', dataDir: '', databaseUrl: null, tls: null };
  const distDir = await temporaryDir();
  const app = await buildApp(server.context, { ...options, publicUrl: null, isDemo: true, distDir });
  const routes = [...routesOf(app.printRoutes())].filter((route) => /\/(api|healthz)/.test(route));
  await app.close();
  const described = operations.map(({ method, path }: Operation) => `${method.toUpperCase()} ${path}`);
  expect(routes.toSorted()).toEqual(described.toSorted());
});

it('names each operation once and every parameter of its path', () => {
  const ids = operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const today = openApi().paths[decodeURIComponent(apiPaths.today('{shopId}'))]?.get as {
    parameters: unknown;
  };
  expect(today.parameters).toEqual([
    { name: 'shopId', in: 'path', required: true, schema: { type: 'string' } },
  ]);
});

it('refers only to what it holds, and every schema says what it allows', () => {
  const document = openApi();
  for (const reference of valuesNamed('$ref', document)) {
    const found = String(reference)
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], document);
    expect(found).toBeDefined();
  }
  const schemas = [...valuesNamed('schema', document)];
  expect(schemas.length).toBeGreaterThan(20);
  for (const schema of schemas) expect(schema).not.toEqual({});
  expect([...valuesNamed('$schema', document)]).toEqual([]);
});

it('says how each caller proves who it is', () => {
  const { securitySchemes } = openApi().components;
  for (const requirements of valuesNamed('security', openApi())) {
    for (const requirement of requirements as object[]) {
      expect(Object.keys(securitySchemes)).toEqual(expect.arrayContaining(Object.keys(requirement)));
    }
  }
});
