/**
 * Camera: the only place where a camera is opened. Takes a grant, cuts the picture to the consent window, and closes.
 * Imports `consent` and `values`. Never opens without a grant, never hands out a pixel from outside the window, never records.
 */
export {
  type ConsentWindow,
  consentWindowFor,
  movedPlace,
  WIDEST_PLACE,
  WINDOW_MOVES,
  type WindowMove,
  type WindowPlace,
} from './consent-window.ts';
export {
  type CameraEnding,
  type CameraFault,
  type OpenCamera,
  openCamera,
} from './open-camera.ts';
