/** The part of the picture that is looked at, in parts of the whole, 0 to 1. */
export interface ConsentWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As wide as two people side by side at arm's length, and no wider: whoever passes behind stays outside. */
const WINDOW_WIDTH_TO_HEIGHT = 1;
/** Leaves a rim, so that the outline is seen on all sides. */
const WINDOW_HEIGHT = 0.92;

/** The consent window of a picture: upright in the middle, whatever the picture's shape. */
export function consentWindowFor(videoWidth: number, videoHeight: number): ConsentWindow {
  const height = WINDOW_HEIGHT;
  const width = Math.min((height * videoHeight * WINDOW_WIDTH_TO_HEIGHT) / videoWidth, WINDOW_HEIGHT);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}
