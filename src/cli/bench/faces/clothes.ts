import sharp from 'sharp';
import { photoPath } from './photos.ts';

/** From this part of their height on, these photographs show people without their heads: clothes, arms, hands, furniture. */
const BELOW_HEADS = {
  'sample1.jpg': 0.52,
  'sample2.jpg': 0.45,
  'sample3.jpg': 0.45,
  'sample4.jpg': 0.5,
  'sample6.jpg': 0.55,
};
/** Side of the squares that are cut out, in parts of the height that is left. */
const SQUARES = [0.98, 0.6];
const SQUARES_IN_A_ROW = 6;

/** Squares of photographs with everything of people but their faces: what a detector most easily takes for one. */
export async function clothes(side: number): Promise<readonly Buffer[]> {
  const scenes: Buffer[] = [];
  for (const [photo, from] of Object.entries(BELOW_HEADS)) {
    const file = photoPath(photo);
    const { width, height } = await sharp(file).metadata();
    const left = Math.floor(height * (1 - from));
    for (const share of SQUARES) {
      const square = Math.floor(left * share);
      for (let index = 0; index < SQUARES_IN_A_ROW; index += 1) {
        const cut = {
          left: Math.floor(((width - square) * index) / (SQUARES_IN_A_ROW - 1)),
          top: height - (index % 2 === 0 ? left : square),
          width: square,
          height: square,
        };
        scenes.push(await sharp(file).extract(cut).resize(side, side).png().toBuffer());
      }
    }
  }
  return scenes;
}
