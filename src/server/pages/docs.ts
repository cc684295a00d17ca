import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { marked } from 'marked';
import { refuse } from '../refuse.ts';
import { sendPlainPage } from './plain-page.ts';

/** The README and everything in `docs`, as plain pages: what stands in the repository is what an operator reads here. */
export function docsRoutes(app: FastifyInstance, projectDir: string): void {
  const docsDir = join(projectDir, 'docs');
  app.get('/docs', async (_, reply) => sendDocument(reply, docsDir, join(projectDir, 'README.md')));
  app.get<{ Params: { name: string } }>('/docs/:name', async (request, reply) => {
    // Only a name from the folder's own list is ever opened, so no path can lead out of it.
    const name = (await namesIn(docsDir)).find((known) => known === request.params.name);
    if (name === undefined) return refuse(reply, 'not-found');
    if (name.endsWith('.md')) return sendDocument(reply, docsDir, join(docsDir, name));
    return reply.type('image/png').send(await readFile(join(docsDir, name)));
  });
}

async function sendDocument(reply: FastifyReply, docsDir: string, file: string): Promise<FastifyReply> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return refuse(reply, 'not-found');
  const documents = (await namesIn(docsDir)).filter((name) => name.endsWith('.md'));
  const links = documents.map((name) => `<a href="/docs/${name}">${name.replace('.md', '')}</a>`).join('');
  const content = await marked.parse(
    text.replaceAll('](docs/', '](/docs/').replaceAll('](../README.md', '](/docs'),
  );
  return sendPlainPage(reply, {
    language: 'en',
    title: 'AskFirst',
    body: `<nav><a href="/docs">AskFirst</a>${links}</nav><main>${content}</main>`,
  });
}

async function namesIn(docsDir: string): Promise<readonly string[]> {
  const names = await readdir(docsDir).catch(() => []);
  return names.filter((name) => name.endsWith('.md') || name.endsWith('.png')).sort();
}
