import type { SeenFace } from './messages.ts';

/** Light is averaged over squares of this side, in pixels, so that the noise of single pixels cancels out and a shift of half a pixel still shows. */
const CELL_SIDE = 8;
const BYTES_BY_PIXEL = 4;
/** What a frame is compared with: earlier ones this far apart, back to the first. Breath and balance move a head within a second. */
const KEEP_EVERY_MS = 500;
/** More than a look has, so that time and memory are bounded whatever comes. */
const MAX_KEPT = 8;
/** The stillest fifth of what is around the faces tells the noise: people pass behind, and clothes move with who wears them. */
const STILL_SHARE = 0.2;
/** Of values that scatter normally, a fifth are nearer to the middle than this many standard deviations. */
const STILL_SHARE_DEVIATION = 0.253;
/** Levels of 256. A camera that sends the same picture twice has no noise at all, and cutting and rounding alone make this much. */
const LEAST_NOISE = 0.4;
/** Where somebody fills the frame, nothing still is left around the face. More noise than this no usable camera has. */
const MOST_NOISE = 2;
/** A camera that has just opened looks for the right exposure. Frames that differ more in brightness are not compared. */
const MOST_BRIGHTENING = 1.1;

type Box = SeenFace['box'];

/** The light of a frame, cell by cell. */
interface Light {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Float32Array;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel. */
  readonly data: Uint8ClampedArray;
}

/** What tells living faces from pictures of faces, over the frames that one window cut. It remembers their light, and ends with the worker. */
export interface StirWatch {
  /** For each face, how much it differs from any earlier frame, in multiples of the noise; 0 in the first frame. */
  readonly stirs: (picture: Picture, faces: readonly Box[], atMs: number) => number[];
}

/**
 * Compares each face with what stood in the same place before. It is blind to how fast or where something moves, so that lamps that
 * flicker and cameras that adapt, which change everything alike, do not pass for life.
 */
export function watchStirs(): StirWatch {
  const kept: Light[] = [];
  let keptAt = Number.NEGATIVE_INFINITY;
  return {
    stirs: (picture, faces, atMs) => {
      const light = lightOf(picture);
      const around = cellsWhere(light, (x, y) => !faces.some((face) => isIn(face, x, y)));
      const changes = kept
        .filter(({ cells }) => cells.length === light.cells.length)
        .flatMap((earlier) => changeBetween(earlier, light, around) ?? []);
      const stirs = faces.map((face) => {
        const within = cellsWhere(light, (x, y) => isIn(face, x, y));
        return Math.max(0, ...changes.map((change) => stirOf(change, within)));
      });
      if (atMs - keptAt >= KEEP_EVERY_MS && kept.length < MAX_KEPT) {
        kept.push(light);
        keptAt = atMs;
      }
      return stirs;
    },
  };
}

function lightOf({ width, height, data }: Picture): Light {
  const columns = Math.floor(width / CELL_SIDE);
  const rows = Math.floor(height / CELL_SIDE);
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < rows * CELL_SIDE; y += 1) {
    let cell = Math.floor(y / CELL_SIDE) * columns;
    let at = y * width * BYTES_BY_PIXEL;
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      // Green is most of what an eye and a camera call light, and has the least noise.
      for (const end = at + CELL_SIDE * BYTES_BY_PIXEL; at < end; at += BYTES_BY_PIXEL)
        sum += (data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
      cells[cell] = (cells[cell] ?? 0) + sum / 4;
      cell += 1;
    }
  }
  return { columns, rows, cells: cells.map((sum) => sum / CELL_SIDE ** 2) };
}

/** The numbers of the cells whose middle is where it is wanted. */
function cellsWhere({ columns, rows }: Light, isWanted: (x: number, y: number) => boolean): number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const x = ((cell % columns) + 0.5) / columns;
    const y = (Math.floor(cell / columns) + 0.5) / rows;
    if (isWanted(x, y)) cells.push(cell);
  }
  return cells;
}

function isIn(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

/** How far each cell is from what it was, and how far the still ones are by chance. */
interface Change {
  readonly levels: Float32Array;
  readonly noise: number;
}

function changeBetween(earlier: Light, now: Light, around: readonly number[]): Change | null {
  const brightening = brighteningBetween(earlier, now, around);
  if (brightening > MOST_BRIGHTENING || brightening < 1 / MOST_BRIGHTENING) return null;
  const levels = now.cells.map((cell, index) => cell / brightening - (earlier.cells[index] ?? 0));
  const still = quantile(
    around.map((cell) => Math.abs(levels[cell] ?? 0)),
    STILL_SHARE,
  );
  return { levels, noise: Math.min(Math.max(still / STILL_SHARE_DEVIATION, LEAST_NOISE), MOST_NOISE) };
}

/** The root mean square over the cells of a face. */
function stirOf({ levels, noise }: Change, within: readonly number[]): number {
  if (within.length === 0) return 0;
  const sum = within.reduce((total, cell) => total + (levels[cell] ?? 0) ** 2, 0);
  return Math.sqrt(sum / within.length) / noise;
}

/** How many times as bright everything became: lamps flicker, and cameras adapt. */
function brighteningBetween(earlier: Light, now: Light, around: readonly number[]): number {
  const ratios = around.flatMap((cell) => {
    const before = earlier.cells[cell] ?? 0;
    return before < 1 ? [] : [(now.cells[cell] ?? 0) / before];
  });
  return ratios.length === 0 ? 1 : quantile(ratios, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
