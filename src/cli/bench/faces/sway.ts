import sharp from 'sharp';

/** By how many pixels, in parts of the frame's side, a person who stands still moves between the frames of a look. */
const SWAYS = [
  [0, 0],
  [0.008, 0.004],
  [-0.006, 0.006],
] as const;
/** Light flickers by this much, and sensors differ. */
const FLICKERS = [1, 1.02, 0.98] as const;
const SIDE_MARGIN = 0.02;

/** The frames of one look at a picture: a still picture would be no camera. */
export async function lookAt(picture: Buffer, side: number): Promise<readonly Buffer[]> {
  const margin = Math.ceil(side * SIDE_MARGIN);
  const edges = { left: margin, right: margin, top: margin, bottom: margin };
  const wide = await sharp(picture)
    .extend({ ...edges, extendWith: 'mirror' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return Promise.all(
    SWAYS.map(([x, y], index) =>
      sharp(wide)
        .extract({
          left: margin + Math.round(x * side),
          top: margin + Math.round(y * side),
          width: side,
          height: side,
        })
        .linear(FLICKERS[index] ?? 1, 0)
        .png({ compressionLevel: 1 })
        .toBuffer(),
    ),
  );
}
