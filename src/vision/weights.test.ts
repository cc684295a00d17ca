import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchWeights, KNOWN_WEIGHTS } from './weights.ts';

const served = join(import.meta.dirname, '../../public/models');
const packaged = join(dirname(createRequire(import.meta.url).resolve('face-api.js/package.json')), 'model');

function serve(change: (bytes: Uint8Array<ArrayBuffer>) => void = () => undefined): void {
  vi.stubGlobal('fetch', async (url: string) => {
    const bytes = new Uint8Array(readFileSync(join(served, url.split('/').at(-1) ?? '')));
    change(bytes);
    return new Response(bytes);
  });
}
afterEach(() => vi.unstubAllGlobals());

describe('the networks', () => {
  it('are those of the package, and no others are served', () => {
    expect(readdirSync(served).toSorted()).toEqual(Object.keys(KNOWN_WEIGHTS).toSorted());
    for (const [name, sum] of Object.entries(KNOWN_WEIGHTS)) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(packaged, name)))
          .digest('hex'),
      ).toBe(sum);
    }
  });

  it('are taken as they are served', async () => {
    serve();
    for (const name of Object.keys(KNOWN_WEIGHTS)) {
      const taken = await (await fetchWeights(`/models/${name}`)).arrayBuffer();
      expect(Buffer.from(taken).equals(readFileSync(join(served, name)))).toBe(true);
    }
  });

  it('are refused where one bit differs, where one stands in for another, and where there is none', async () => {
    serve((bytes) => {
      bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
    });
    await expect(fetchWeights('/models/tiny_face_detector_model.bin')).rejects.toThrow();
    serve();
    vi.stubGlobal(
      'fetch',
      async () => new Response(readFileSync(join(served, 'tiny_face_detector_model.bin'))),
    );
    await expect(fetchWeights('/models/age_gender_model.bin')).rejects.toThrow();
    await expect(fetchWeights('/models/constructor')).rejects.toThrow();
  });
});
