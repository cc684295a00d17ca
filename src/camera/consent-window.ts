/** The part of the picture that is looked at, in parts of the whole, 0 to 1. */
export interface ConsentWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const WINDOW_MOVES = ['up', 'down', 'larger', 'smaller'] as const;
/** What a visitor does to the window. */
export type WindowMove = (typeof WINDOW_MOVES)[number];

/** Where a visitor has put the window, in steps. */
export interface WindowPlace {
  /** 0 is the largest. */
  readonly size: number;
  /** Above the middle; below it where negative. */
  readonly rise: number;
}

/** As wide as two people side by side at arm's length, and no wider: whoever passes behind stays outside. */
const WINDOW_WIDTH_TO_HEIGHT = 1;
/**
 * In parts of the picture. The largest leaves a rim, so that the outline is seen on all sides, and has people of any height in it. The
 * smaller ones leave others out, and show who stands far away larger to the networks.
 */
const WINDOW_HEIGHTS = [0.92, 0.7, 0.48] as const;
/** One tap. Each smaller window can go one step further up and down than the one before. */
const STEP = 0.11;
const SMALLEST = WINDOW_HEIGHTS.length - 1;

/** Where the window is for each new visitor: as large as can be, in the middle. */
export const WIDEST_PLACE: WindowPlace = { size: 0, rise: 0 };

/** The place after a move; the same one where the window can go no further. */
export function movedPlace(place: WindowPlace, move: WindowMove): WindowPlace {
  switch (move) {
    case 'larger':
      return withinPicture(place.size - 1, place.rise, place);
    case 'smaller':
      return withinPicture(place.size + 1, place.rise, place);
    case 'up':
    case 'down': {
      // The largest has no room to move in, so it gets smaller first.
      const size = Math.max(place.size, 1);
      return withinPicture(size, place.rise + (move === 'up' ? 1 : -1), place);
    }
  }
}

function withinPicture(wantedSize: number, wantedRise: number, before: WindowPlace): WindowPlace {
  const size = Math.min(Math.max(wantedSize, 0), SMALLEST);
  const rise = Math.min(Math.max(wantedRise, 0 - size), size);
  return size === before.size && rise === before.rise ? before : { size, rise };
}

/** The consent window of a picture: upright, whatever the picture's shape. */
export function consentWindowFor(
  videoWidth: number,
  videoHeight: number,
  { size, rise }: WindowPlace,
): ConsentWindow {
  const height = WINDOW_HEIGHTS[size] ?? WINDOW_HEIGHTS[0];
  const width = Math.min((height * videoHeight * WINDOW_WIDTH_TO_HEIGHT) / videoWidth, WINDOW_HEIGHTS[0]);
  return { x: (1 - width) / 2, y: (1 - height) / 2 - rise * STEP, width, height };
}
