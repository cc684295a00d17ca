import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface Served {
  readonly url: string;
  /** What was sent since it was last asked. */
  readonly takeBytes: () => number;
  readonly close: () => Promise<void>;
}

/** Serves an empty page at `/bench`, and each folder under its path, to this machine alone. */
export async function serveFolders(folders: Readonly<Record<string, string>>): Promise<Served> {
  let bytes = 0;
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (path === '/bench') {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Bench</title>');
      return;
    }
    const file = fileOf(path, folders);
    const size = file === null ? null : await sizeOf(file);
    if (file === null || size === null) {
      response.writeHead(404).end();
      return;
    }
    bytes += size;
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    takeBytes: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileOf(path: string, folders: Readonly<Record<string, string>>): string | null {
  const prefix = Object.keys(folders)
    .filter((known) => path.startsWith(known))
    .toSorted((a, b) => b.length - a.length)[0];
  const folder = prefix === undefined ? undefined : folders[prefix];
  return prefix === undefined || folder === undefined ? null : join(folder, path.slice(prefix.length));
}

async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}
