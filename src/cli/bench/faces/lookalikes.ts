import sharp from 'sharp';
import { seededBy } from '../../replay/seeded.ts';
import { FRAME_SIDE, type Portrait } from './frames.ts';
import { drawRoom } from './scenes.ts';

/** A look of the longest kind, on a device that is not fast. */
const FRAMES = 12;
export const BETWEEN_MS = 300;
/** What a camera adds to each colour of each pixel, in levels of 256. */
const NOISE = 3;
/** How far who stands still sways, in pixels of the frame, to each side. */
const SWAY = 4;

/** What stands before the camera. */
export interface Lookalike {
  readonly name: string;
  readonly sways: boolean;
  /** Layers over the room, in the frame's pixels; they move together. */
  readonly draw: (person: Portrait, other: Portrait) => Promise<readonly Layer[]>;
}

interface Layer {
  readonly input: Buffer;
  readonly left: number;
  readonly top: number;
}

const part = (share: number) => Math.round(share * FRAME_SIDE);

/** Everything that is not the living face of one person who said yes, and that face to compare with. */
export const LOOKALIKES: readonly Lookalike[] = [
  {
    name: 'one person',
    sways: true,
    draw: async (person) => [await head(person, 0.5, 0.25, 0.05)],
  },
  {
    name: 'photograph on the wall',
    sways: false,
    draw: async (person) => [await print(person, 0.4, 0.3, 0.2)],
  },
  {
    name: 'mannequin',
    sways: false,
    draw: async (person) => [await mannequin(person)],
  },
  {
    name: 'shirt with a face, its bearer outside the window',
    sways: true,
    draw: async (person) => [shirt(0), await print(person, 0.36, 0.32, 0.3)],
  },
  {
    name: 'shirt with a face, and its bearer',
    sways: true,
    draw: async (person, other) => [
      shirt(0.4),
      await head(person, 0.45, 0.275, 0),
      await print(other, 0.3, 0.35, 0.55),
    ],
  },
];

/** The frames of one look at it, each a picture. */
export async function framesOf(
  { sways, draw, name }: Lookalike,
  person: Portrait,
  other: Portrait,
): Promise<readonly Buffer[]> {
  const drawn = seededBy('lookalike', name, person.name);
  const room = await sharp(drawRoom(FRAME_SIDE, name, person.name))
    .removeAlpha()
    .png()
    .toBuffer();
  const layers = await draw(person, other);
  const [turnX, turnY] = [drawn.number() * 2 * Math.PI, drawn.number() * 2 * Math.PI];
  const frames: Buffer[] = [];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    // A body sways once in some seconds, less up and down than to the sides.
    const x = sways ? Math.round(SWAY * Math.sin(turnX + frame * 0.9)) : 0;
    const y = sways ? Math.round((SWAY / 2) * Math.sin(turnY + frame * 0.7)) : 0;
    const scene = sharp(room).composite(
      layers.map(({ input, left, top }) => ({ input, left: left + x, top: top + y })),
    );
    const { data, info } = await scene.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    for (let at = 0; at < data.length; at += 1) {
      const noise =
        NOISE * (drawn.number() + drawn.number() + drawn.number() + drawn.number() - 2) * Math.sqrt(3);
      data[at] = Math.min(255, Math.max(0, Math.round((data[at] ?? 0) + noise)));
    }
    const raw = { width: info.width, height: info.height, channels: 3 } as const;
    frames.push(await sharp(data, { raw }).png({ compressionLevel: 1 }).toBuffer());
  }
  return frames;
}

/** A portrait without its corners. */
async function head({ image }: Portrait, size: number, left: number, top: number): Promise<Layer> {
  return {
    input: await cutOut(await sized(image, part(size)), part(size)),
    left: part(left),
    top: part(top),
  };
}

/** As it comes from a printer: less colour and less contrast. */
async function print({ image }: Portrait, size: number, left: number, top: number): Promise<Layer> {
  const input = await sharp(await sized(image, part(size)))
    .modulate({ saturation: 0.7 })
    .linear(0.8, 25)
    .png()
    .toBuffer();
  return { input, left: part(left), top: part(top) };
}

/** A head of plastic: one colour, no pores. */
async function mannequin({ image }: Portrait): Promise<Layer> {
  const size = part(0.5);
  const plastic = await sharp(await sized(image, size))
    .grayscale()
    .median(5)
    .tint('#d8c3ad')
    .png()
    .toBuffer();
  return { input: await cutOut(plastic, size), left: part(0.25), top: part(0.2) };
}

/** From this part of the frame's height down. */
function shirt(from: number): Layer {
  const [width, height] = [part(0.8), FRAME_SIDE - part(from)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <path d="M${width * 0.2} 0H${width * 0.8}L${width} ${height * 0.25}V${height}H0V${height * 0.25}Z" fill="#39506b"/></svg>`;
  return { input: Buffer.from(svg), left: part(0.1), top: part(from) };
}

function sized(image: string | Buffer, size: number): Promise<Buffer> {
  return sharp(image).removeAlpha().resize(size, size).png().toBuffer();
}

function cutOut(picture: Buffer, size: number): Promise<Buffer> {
  const mask = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><ellipse cx="${size / 2}" cy="${size / 2}" rx="${size * 0.42}" ry="${size * 0.5}" fill="#fff"/></svg>`,
  );
  return sharp(picture)
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
}
