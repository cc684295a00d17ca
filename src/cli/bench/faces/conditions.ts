import sharp, { type Kernel, type Sharp } from 'sharp';

/** What is done to a portrait before it is put in a room, or to the whole frame after. Sides are those of the picture that is changed. */
export interface Condition {
  readonly onPortrait?: (portrait: Buffer, side: number) => Promise<Buffer>;
  readonly onFrame?: (frame: Buffer, side: number) => Promise<Buffer>;
}

/** Light, blur, turned heads, covered faces and skin tones, each made by a transformation of the picture. */
export const CONDITIONS = {
  plain: {},
  dark: { onFrame: (frame) => noisy(sharp(frame).linear(0.3, 0)) },
  'very dark': { onFrame: (frame) => noisy(sharp(frame).linear(0.15, 0)) },
  'over-exposed': { onFrame: (frame) => png(sharp(frame).linear(1.9, 30)) },
  'against the light': {
    onPortrait: (portrait) => png(sharp(portrait).linear(0.35, 8)),
    onFrame: (frame, side) => png(sharp(frame).composite([{ input: glare(side), blend: 'screen' }])),
  },
  'light from one side': {
    onPortrait: (portrait, side) =>
      png(sharp(portrait).composite([{ input: sideShadow(side), blend: 'multiply' }])),
  },
  'coloured light': { onFrame: (frame) => png(sharp(frame).linear([1.15, 0.75, 0.5], [0, 0, 0])) },
  blurred: { onFrame: (frame, side) => png(sharp(frame).blur(side / 160)) },
  'motion blur': { onFrame: (frame, side) => png(sharp(frame).convolve(sweep(side))) },
  'grey picture': { onFrame: (frame) => png(sharp(frame).grayscale().toColourspace('srgb')) },
  'poor camera': { onFrame: (frame) => poor(frame) },
  'turned head': { onPortrait: (portrait, side) => squeeze(portrait, side, 0.62) },
  'tilted head': { onPortrait: (portrait) => turn(portrait, 20) },
  'looking up or down': { onPortrait: (portrait, side) => flatten(portrait, side, 0.72) },
  'mouth and nose covered': { onPortrait: (portrait, side) => cover(portrait, mask(side)) },
  sunglasses: { onPortrait: (portrait, side) => cover(portrait, glasses(side)) },
  'half of the face covered': { onPortrait: (portrait, side) => cover(portrait, halfCurtain(side)) },
  'darker skin': { onPortrait: (portrait) => png(sharp(portrait).gamma(2.4, 1)) },
  'lighter skin': { onPortrait: (portrait) => png(sharp(portrait).linear(0.7, 80)) },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof CONDITIONS;

function png(picture: Sharp): Promise<Buffer> {
  return picture.png({ compressionLevel: 0 }).toBuffer();
}

/** What a sensor adds where light is short. */
async function noisy(picture: Sharp): Promise<Buffer> {
  const frame = await png(picture);
  const { width, height } = await sharp(frame).metadata();
  const noise = { type: 'gaussian', mean: 128, sigma: 10 } as const;
  const grain = await png(sharp({ create: { width, height, channels: 3, background: '#000', noise } }));
  return png(sharp(frame).composite([{ input: grain, blend: 'soft-light' }]));
}

function glare(side: number): Buffer {
  return svg(
    side,
    `<radialGradient id="g"><stop stop-color="#fff" stop-opacity="0.9"/><stop offset="1" stop-color="#fff" stop-opacity="0.1"/></radialGradient>
     <rect width="${side}" height="${side}" fill="url(#g)" opacity="0.5"/>`,
  );
}

function sideShadow(side: number): Buffer {
  return svg(
    side,
    `<linearGradient id="g"><stop offset="0.35" stop-color="#111"/><stop offset="0.65" stop-color="#fff"/></linearGradient>
     <rect width="${side}" height="${side}" fill="url(#g)"/>`,
  );
}

/** A row of equal weights: what moved sideways while the shutter was open. */
function sweep(side: number): Kernel {
  const width = 2 * Math.round(side / 96) + 1;
  return {
    width,
    height: 3,
    kernel: [...Array(width).fill(0), ...Array(width).fill(1), ...Array(width).fill(0)],
  };
}

/** Few pixels, and strongly compressed. */
async function poor(frame: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(frame).metadata();
  const small = await sharp(frame)
    .resize(Math.round(width / 2))
    .jpeg({ quality: 30 })
    .toBuffer();
  return png(sharp(small).resize(width, height));
}

/** A head that looks aside shows less of its width, and one side of it in shadow. */
async function squeeze(portrait: Buffer, side: number, share: number): Promise<Buffer> {
  const width = Math.round(side * share);
  const shaded = await png(
    sharp(portrait).composite([
      {
        input: svg(
          side,
          `<linearGradient id="g"><stop stop-color="#777"/><stop offset="0.5" stop-color="#fff"/></linearGradient>
           <rect width="${side}" height="${side}" fill="url(#g)"/>`,
        ),
        blend: 'multiply',
      },
    ]),
  );
  const sheared = await png(
    sharp(shaded).resize(width, side, { fit: 'fill' }).affine([1, 0, 0.12, 1], { background: '#777' }),
  );
  return png(sharp(sheared).resize(side, side, { fit: 'contain', background: '#777' }));
}

async function flatten(portrait: Buffer, side: number, share: number): Promise<Buffer> {
  const flat = await png(sharp(portrait).resize(side, Math.round(side * share), { fit: 'fill' }));
  return png(sharp(flat).resize(side, side, { fit: 'contain', background: '#777' }));
}

async function turn(portrait: Buffer, degrees: number): Promise<Buffer> {
  const { width, height } = await sharp(portrait).metadata();
  const turned = await png(sharp(portrait).rotate(degrees, { background: '#777' }));
  return png(sharp(turned).resize(width, height, { fit: 'cover' }));
}

function cover(portrait: Buffer, input: Buffer): Promise<Buffer> {
  return png(sharp(portrait).composite([{ input }]));
}

function mask(side: number): Buffer {
  return svg(
    side,
    `<path d="M${0.24 * side} ${0.56 * side} Q${side / 2} ${0.5 * side} ${0.76 * side} ${0.56 * side}
      L${0.7 * side} ${0.8 * side} Q${side / 2} ${0.95 * side} ${0.3 * side} ${0.8 * side}Z" fill="#a9c7d8"/>`,
  );
}

function glasses(side: number): Buffer {
  return svg(
    side,
    `<g fill="#141414"><ellipse cx="${0.37 * side}" cy="${0.48 * side}" rx="${0.12 * side}" ry="${0.08 * side}"/>
     <ellipse cx="${0.63 * side}" cy="${0.48 * side}" rx="${0.12 * side}" ry="${0.08 * side}"/>
     <rect x="${0.24 * side}" y="${0.45 * side}" width="${0.52 * side}" height="${0.025 * side}"/></g>`,
  );
}

function halfCurtain(side: number): Buffer {
  return svg(side, `<rect width="${0.48 * side}" height="${side}" fill="#5b6b52"/>`);
}

function svg(side: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${content}</svg>`,
  );
}
