import { consentWindowFor, type OpenCamera, WIDEST_PLACE } from '#camera';

const WIDTH = 1280;
const HEIGHT = 720;

/** What stands in for a camera that is on: a wall and somebody in front of it, painted. Nothing is opened. */
export const paintedCamera: OpenCamera = {
  watchWindow: (tell) => {
    tell(consentWindowFor(WIDTH, HEIGHT, WIDEST_PLACE));
    return () => undefined;
  },
  place: () => WIDEST_PLACE,
  placeWindow: () => undefined,
  showOn: (video) => {
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    video.srcObject = canvas.captureStream();
    paint(canvas);
    return () => {
      video.srcObject = null;
    };
  },
  captureFrame: () => Promise.resolve(null),
  endedBecause: () => null,
  close: () => ({ openMs: 0 }),
};

function paint(canvas: HTMLCanvasElement): void {
  const brush = canvas.getContext('2d');
  if (brush === null) return;
  brush.fillStyle = '#b9b2a4';
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.fillStyle = '#46586b';
  brush.beginPath();
  brush.ellipse(WIDTH / 2, HEIGHT, 260, 280, 0, 0, 2 * Math.PI);
  brush.fill();
  brush.fillStyle = '#c99b7d';
  brush.beginPath();
  brush.ellipse(WIDTH / 2, 300, 120, 155, 0, 0, 2 * Math.PI);
  brush.fill();
}
