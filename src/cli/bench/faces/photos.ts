import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Portrait } from './frames.ts';

const photosDir = join(dirname(createRequire(import.meta.url).resolve('face-api.js/package.json')), 'demo');

/** The path of a photograph in the face-api.js package. */
export function photoPath(name: string): string {
  return join(photosDir, name);
}

/** Squares around faces, in pixels of the photographs, framed as portraits are. */
const FACES = [
  { photo: 'sample1.jpg', left: 741, top: 349, side: 404 },
  { photo: 'sample1.jpg', left: 341, top: 321, side: 365 },
  { photo: 'sample3.jpg', left: 935, top: 125, side: 462 },
  { photo: 'sample3.jpg', left: 447, top: 241, side: 451 },
  { photo: 'sample4.jpg', left: 579, top: 17, side: 372 },
  { photo: 'sample5.jpg', left: 695, top: 70, side: 323 },
  { photo: 'sample5.jpg', left: 1011, top: 145, side: 374 },
  { photo: 'sample5.jpg', left: 236, top: 813, side: 444 },
  { photo: 'sample5.jpg', left: 1294, top: 333, side: 410 },
  { photo: 'sample6.jpg', left: 129, top: 436, side: 422 },
  { photo: 'sample6.jpg', left: 1358, top: 214, side: 442 },
  { photo: 'sample6.jpg', left: 530, top: 286, side: 442 },
] as const;

/** Portraits cut out of photographs that are installed with face-api.js anyway, for tests that must not install more. */
export function photoPortraits(): Promise<readonly Portrait[]> {
  return Promise.all(
    FACES.map(async ({ photo, left, top, side }) => {
      const cut = sharp(photoPath(photo)).extract({ left, top, width: side, height: side });
      return { name: `${photo} ${left}`, image: await cut.png().toBuffer() };
    }),
  );
}
