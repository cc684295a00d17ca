import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KNOWN_WEIGHTS, keepWeights, loadWeights } from './weights.ts';

const served = join(import.meta.dirname, '../../public/models');
const packaged = join(dirname(createRequire(import.meta.url).resolve('face-api.js/package.json')), 'model');
const names = Object.keys(KNOWN_WEIGHTS);
const nothingKept = new Map<string, Blob>();

/** Gives what the server would, but for one file. */
function serve(
  changed = '',
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (same) => same,
) {
  const asked = vi.fn(async (url: string) => {
    const name = url.split('/').at(-1) ?? '';
    const bytes = new Uint8Array(readFileSync(join(served, name)));
    return new Response(name === changed ? change(bytes) : bytes);
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}
const withOneBitTurned = (bytes: Uint8Array<ArrayBuffer>) => {
  bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
  return bytes;
};
afterEach(() => vi.unstubAllGlobals());

describe('the networks', () => {
  it('are those of the package, and no others are served', () => {
    expect(readdirSync(served).toSorted()).toEqual(names.toSorted());
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
    const loaded = await loadWeights(nothingKept);
    for (const name of names)
      expect(
        Buffer.from(new Uint8Array(loaded.get(name) ?? [])).equals(readFileSync(join(packaged, name))),
      ).toBe(true);
  });

  it.each(names)('are refused where one bit of %s differs', async (name) => {
    serve(name, withOneBitTurned);
    await expect(loadWeights(nothingKept)).rejects.toThrow();
  });

  it('are refused where one stands in for another', async () => {
    serve(
      'age_gender_model.bin',
      () => new Uint8Array(readFileSync(join(served, 'tiny_face_detector_model.bin'))),
    );
    await expect(loadWeights(nothingKept)).rejects.toThrow();
  });

  it('are not asked for again where they were kept, and are looked at as closely', async () => {
    serve();
    const kept = keepWeights(await loadWeights(nothingKept));
    const asked = serve();
    expect([...(await loadWeights(kept)).keys()].toSorted()).toEqual(names.toSorted());
    expect(asked).not.toHaveBeenCalled();
    const spoiled = new Map(kept).set('age_gender_model.bin', new Blob(['nothing']));
    await expect(loadWeights(spoiled)).rejects.toThrow();
  });
});
