/** The pixels of one frame in the one buffer that the worker reads them into. */
export interface Pixels {
  readonly image: ImageData;
}

/** Reads a frame out and closes it. The canvas in between is emptied at once: its memory would hold the picture otherwise. */
export function readPixels(frame: ImageBitmap): Pixels {
  const { width, height } = frame;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) throw new Error('A canvas without a 2D context cannot be read.');
  context.drawImage(frame, 0, 0);
  frame.close();
  const image = context.getImageData(0, 0, width, height);
  context.fillRect(0, 0, width, height);
  canvas.width = 0;
  canvas.height = 0;
  return { image };
}

/** The buffer outlives its worker in the browser's own store of freed memory; so its pixels go first. */
export function wipePixels({ image }: Pixels): void {
  image.data.fill(0);
}
