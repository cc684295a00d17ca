import sharp from 'sharp';
import { seededBy } from '../../replay/seeded.ts';
import { CONDITIONS, type Condition, type ConditionName } from './conditions.ts';
import { drawRoom } from './scenes.ts';

/** Side of the frames that `camera` cuts. */
export const FRAME_SIDE = 480;
/**
 * Portraits are aligned alike: the face, from hairline to chin, takes this part of their height, with its middle here, counted from the top.
 */
const FACE_IN_PORTRAIT = 0.6;
const FACE_MIDDLE = 0.55;
/** The edge of a portrait fades into the room over this part of its side. */
const FADE = 0.05;

/** A picture of one face, framed as all are. Its name is what the room and the place in it are drawn by. */
export interface Portrait {
  readonly name: string;
  readonly image: string | Buffer;
}

/** One frame as the consent window cuts it, and the face in it. */
export interface TestFrame {
  readonly png: Buffer;
  /** Middle and height of the face, in parts of the frame; null where there is none. */
  readonly face: { readonly x: number; readonly y: number; readonly height: number } | null;
}

/** The height of the portrait, in parts of the frame, whose face has this height. */
function portraitHeight(faceHeight: number): number {
  return faceHeight / FACE_IN_PORTRAIT;
}

/** A person in a room, with a face of this height in parts of the frame, in the condition by this name. The same each time. */
export async function frameWithFace(
  { name, image }: Portrait,
  faceHeight: number,
  condition: ConditionName,
  side: number = FRAME_SIDE,
): Promise<TestFrame> {
  const drawn = seededBy(name, faceHeight, condition);
  const { onPortrait, onFrame }: Condition = CONDITIONS[condition];
  const height = Math.round(side * portraitHeight(faceHeight));
  const sized = await sharp(image).removeAlpha().resize(height, height).png().toBuffer();
  const changed = onPortrait === undefined ? sized : await onPortrait(sized, height);
  const room = drawRoom(side, name, faceHeight);
  const isWhole = height < side;
  const left = isWhole ? drawn.whole(0, side - height) : 0;
  const top = isWhole ? Math.round((side - height) * drawn.number() * 0.8) : 0;
  const frame = isWhole
    ? await sharp(room)
        .composite([{ input: await fadeEdges(changed, height), left, top }])
        .removeAlpha()
        .png()
        .toBuffer()
    : await cutAroundFace(changed, height, side);
  const face = isWhole
    ? { x: (left + height / 2) / side, y: (top + height * FACE_MIDDLE) / side, height: faceHeight }
    : { x: 0.5, y: 0.5, height: faceHeight };
  return { png: onFrame === undefined ? frame : await onFrame(frame, side), face };
}

/** A person who stands so near that the portrait is larger than the frame. */
async function cutAroundFace(portrait: Buffer, height: number, side: number): Promise<Buffer> {
  const spare = height - side;
  const top = Math.min(spare, Math.max(0, Math.round(height * FACE_MIDDLE - side / 2)));
  const cut = { left: Math.round(spare / 2), top, width: side, height: side };
  return sharp(portrait).extract(cut).removeAlpha().png().toBuffer();
}

async function fadeEdges(portrait: Buffer, side: number): Promise<Buffer> {
  const edge = Math.max(1, side * FADE);
  const inner = side - 2 * edge;
  const mask = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
      <filter id="f"><feGaussianBlur stdDeviation="${edge / 2}"/></filter>
      <rect x="${edge}" y="${edge}" width="${inner}" height="${inner}" rx="${side * 0.15}" fill="#fff" filter="url(#f)"/>
    </svg>`,
  );
  return sharp(portrait)
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
}
