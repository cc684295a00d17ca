import { seededBy } from '../../replay/seeded.ts';

const SHAPES = 14;

/** A room that is the same for the same words: a wall, a floor and things in front of it, in colours drawn at random. */
export function drawRoom(side: number, ...words: readonly (string | number)[]): Buffer {
  const drawn = seededBy('room', ...words);
  const colour = () => `hsl(${drawn.whole(0, 359)} ${drawn.whole(0, 40)}% ${drawn.whole(20, 80)}%)`;
  const part = (share: number) => Math.round(drawn.number() * share * side);
  const shapes = Array.from({ length: SHAPES }, (_, index) =>
    index % 4 === 3
      ? `<ellipse cx="${part(1)}" cy="${part(1)}" rx="${part(0.1)}" ry="${part(0.13)}" fill="${colour()}"/>`
      : `<rect x="${part(1)}" y="${part(1)}" width="${part(0.3)}" height="${part(0.4)}" fill="${colour()}"/>`,
  );
  const floor = `<rect y="${side * 0.85}" width="${side}" height="${side * 0.15}" fill="${colour()}"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
      <defs><linearGradient id="wall" x2="${drawn.number()}" y2="1">
        <stop stop-color="${colour()}"/><stop offset="1" stop-color="${colour()}"/>
      </linearGradient></defs>
      <rect width="${side}" height="${side}" fill="url(#wall)"/>${shapes.join('')}${floor}
    </svg>`,
  );
}
