import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** What Chromium's fake camera shows. Faces are cut out of photographs in the face-api.js package when a test needs them; none is kept here. */
export type CameraFeed =
  | 'one-adult'
  | 'at-the-top'
  | 'two-people'
  | 'nobody'
  | 'outside-the-window'
  | 'poster'
  | 'marked';

const WIDTH = 1280;
const HEIGHT = 720;
/** People sway by some pixels; a picture on the wall does not. */
const SWAY = [0, 3, 6, 4, 1, -2, -5, -3] as const;
const JPEG_QUALITY = 90;

interface Person {
  readonly isPicture?: boolean;
  readonly photo: string;
  /** The person in the photograph, in its pixels. */
  readonly cut: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Where the cut stands in the camera's picture, and how large. */
  readonly at: { readonly left: number; readonly top: number; readonly height: number };
}

/** A patch in the hair, so that it is in what is cut out for the age network. No wall and no face has its colour: where it is found, a picture is. */
export const MARKER = [36, 182, 98] as const;
const marker = `<svg xmlns="http://www.w3.org/2000/svg" width="56" height="96"><rect width="56" height="96" fill="rgb(${MARKER})"/></svg>`;

const woman = { photo: 'sample6.jpg', cut: { left: 600, top: 190, width: 460, height: 660 } } as const;
const feeds: Record<CameraFeed, readonly Person[]> = {
  'one-adult': [{ ...woman, at: { left: 410, top: 60, height: 660 } }],
  // No part of the face is in the smallest frame at the bottom.
  'at-the-top': [{ ...woman, at: { left: 473, top: 0, height: 480 } }],
  'two-people': [
    {
      photo: 'sample6.jpg',
      cut: { left: 600, top: 130, width: 860, height: 720 },
      at: { left: 320, top: 140, height: 530 },
    },
  ],
  nobody: [],
  'outside-the-window': [{ ...woman, at: { left: 12, top: 280, height: 400 } }],
  marked: [{ ...woman, at: { left: 410, top: 60, height: 660 } }],
  poster: [{ ...woman, isPicture: true, at: { left: 480, top: 140, height: 440 } }],
};

const photosDir = join(dirname(createRequire(import.meta.url).resolve('face-api.js/package.json')), 'demo');

/** The path of a feed's MJPEG file, made once per recipe. */
export async function cameraFeedFile(feed: CameraFeed): Promise<string> {
  const recipe = createHash('sha256').update(
    JSON.stringify([feeds[feed], SWAY, await readFile(import.meta.filename)]),
  );
  const dir = join(tmpdir(), 'askfirst-camera-feeds');
  const file = join(dir, `${feed}-${recipe.digest('hex').slice(0, 16)}.mjpeg`);
  if (existsSync(file)) return file;
  await mkdir(dir, { recursive: true });
  const frames = await Promise.all(SWAY.map((sway) => frame(feeds[feed], sway, feed === 'marked')));
  // Written aside first, so that a test running beside this one never reads half a file.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, Buffer.concat(frames));
  await rename(draft, file);
  return file;
}

/** One picture: a room, and people in it. Chromium reads 4:2:0 alone; anything else is black without an error. */
async function frame(people: readonly Person[], sway: number, isMarked: boolean): Promise<Buffer> {
  const cutOuts = await Promise.all(
    people.map(async ({ photo, cut, at, isPicture = false }) => {
      const input = await sharp(join(photosDir, photo)).extract(cut).resize({ height: at.height }).toBuffer();
      return { input, left: at.left + (isPicture ? 0 : sway), top: at.top };
    }),
  );
  return sharp(Buffer.from(room))
    .composite(isMarked ? [...cutOuts, { input: Buffer.from(marker), left: 492, top: 300 }] : cutOuts)
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

/** An entrance with a door, a shelf and a lamp. */
const room = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
  <defs><linearGradient id="wall" x2="1" y2="1"><stop stop-color="#c9c2b4"/><stop offset="1" stop-color="#8f8a80"/></linearGradient></defs>
  <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>
  <rect y="600" width="${WIDTH}" height="120" fill="#6b6257"/>
  <rect x="980" y="120" width="220" height="480" fill="#5a4634"/><circle cx="1010" cy="370" r="10" fill="#c9a227"/>
  <rect x="60" y="220" width="260" height="14" fill="#4a4036"/><rect x="80" y="150" width="50" height="70" fill="#7d2e2e"/>
  <rect x="140" y="165" width="36" height="55" fill="#2e4d7d"/><path d="M640 0v90l-60 60h120l-60-60" fill="#e8dcae"/>
</svg>`;
