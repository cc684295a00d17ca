import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What gets smaller. Pictures and weights of networks are as small as they can be, and nobody fetches source maps. */
const TEXTS = /\.(html|js|css|svg|json|wasm|webmanifest)$/;
/** Below this a compressed file saves no packet. */
const MIN_BYTES = 1_000;
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Writes a `.br` and a `.gz` beside each file of the finished build, once and as small as can be, so that the server compresses nothing. */
export function compressBundle(): Plugin {
  let outDir = '';
  return {
    name: 'askfirst:compress-bundle',
    apply: (_config, { command, mode }) => command === 'build' && mode === 'production',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      // After the service worker was made.
      order: 'post',
      sequential: true,
      async handler(error) {
        if (error !== undefined) return;
        const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && TEXTS.test(entry.name))
          .map(({ parentPath, name }) => join(parentPath, name));
        await Promise.all(files.map(compress));
      },
    },
  };
}

async function compress(file: string): Promise<void> {
  const bytes = readFileSync(file);
  if (bytes.length < MIN_BYTES) return;
  const [brotli, zipped] = await Promise.all([
    toBrotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    toGzip(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, zipped);
}
