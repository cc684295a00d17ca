import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { marked } from 'marked';
import { refuse } from '../refuse.ts';

const PAGE_STYLE = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1.25rem;color:#14211d;background:#faf7f2}
a{color:#0b5345}pre{overflow:auto;padding:1rem;background:#fff;border:1px solid #d8d2c6;border-radius:.5rem}
table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #d8d2c6;padding:.4rem .6rem;text-align:start}
img{max-width:100%}nav a{margin-inline-end:1rem}`;

/** The README and everything in `docs`, as plain pages: what stands in the repository is what an operator reads here. */
export function docsRoutes(app: FastifyInstance, projectDir: string): void {
  const docsDir = join(projectDir, 'docs');
  app.get('/docs/style.css', (_, reply) => reply.type('text/css').send(PAGE_STYLE));
  app.get('/docs', async (_, reply) => sendPage(reply, docsDir, join(projectDir, 'README.md')));
  app.get<{ Params: { name: string } }>('/docs/:name', async (request, reply) => {
    // Only a name from the folder's own list is ever opened, so no path can lead out of it.
    const name = (await namesIn(docsDir)).find((known) => known === request.params.name);
    if (name === undefined) return refuse(reply, 'not-found');
    if (name.endsWith('.md')) return sendPage(reply, docsDir, join(docsDir, name));
    return reply.type('image/png').send(await readFile(join(docsDir, name)));
  });
}

async function sendPage(reply: FastifyReply, docsDir: string, file: string): Promise<FastifyReply> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return refuse(reply, 'not-found');
  const documents = (await namesIn(docsDir)).filter((name) => name.endsWith('.md'));
  const links = documents.map((name) => `<a href="/docs/${name}">${name.replace('.md', '')}</a>`).join('');
  const body = await marked.parse(
    text.replaceAll('](docs/', '](/docs/').replaceAll('](../README.md', '](/docs'),
  );
  return reply.type('text/html; charset=utf-8').send(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>AskFirst</title><link rel="stylesheet" href="/docs/style.css"><nav><a href="/docs">AskFirst</a>${links}</nav><main>${body}</main></html>`,
  );
}

async function namesIn(docsDir: string): Promise<readonly string[]> {
  const names = await readdir(docsDir).catch(() => []);
  return names.filter((name) => name.endsWith('.md') || name.endsWith('.png')).sort();
}
