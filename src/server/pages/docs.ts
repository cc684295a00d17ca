import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { marked } from 'marked';

const PAGE_STYLE = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1.25rem;color:#14211d;background:#faf7f2}
a{color:#0b5345}pre{overflow:auto;padding:1rem;background:#fff;border:1px solid #d8d2c6;border-radius:.5rem}
table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #d8d2c6;padding:.4rem .6rem;text-align:start}
img{max-width:100%}nav a{margin-inline-end:1rem}`;

/** The README and everything in `docs`, as plain pages: what stands in the repository is what an operator reads here. */
export function docsRoutes(app: FastifyInstance, projectDir: string): void {
  app.get('/docs/style.css', (_, reply) => reply.type('text/css').send(PAGE_STYLE));
  app.get('/docs', async (_, reply) => {
    const text = await readFile(join(projectDir, 'README.md'), 'utf8');
    return reply.type('text/html').send(await page(projectDir, text));
  });
  app.get<{ Params: { name: string } }>('/docs/:name', async (request, reply) => {
    const names = await documentNames(projectDir);
    // Only a name from the folder's own list is ever opened, so no path can lead out of it.
    const name = names.find((known) => known === request.params.name);
    if (name === undefined) return reply.callNotFound();
    const file = join(projectDir, 'docs', name);
    if (!name.endsWith('.md')) return reply.type('image/png').send(await readFile(file));
    return reply.type('text/html').send(await page(projectDir, await readFile(file, 'utf8')));
  });
}

async function documentNames(projectDir: string): Promise<readonly string[]> {
  const names = await readdir(join(projectDir, 'docs'));
  return names.filter((name) => name.endsWith('.md') || name.endsWith('.png'));
}

async function page(projectDir: string, text: string): Promise<string> {
  const documents = (await documentNames(projectDir)).filter((name) => name.endsWith('.md'));
  const links = documents.map((name) => `<a href="/docs/${name}">${name.replace('.md', '')}</a>`).join('');
  const body = await marked.parse(text.replaceAll('](docs/', '](/docs/'));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>AskFirst</title><link rel="stylesheet" href="/docs/style.css"><nav><a href="/docs">AskFirst</a>${links}</nav>${body}</html>`;
}
