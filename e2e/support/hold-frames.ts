/**
 * Runs in the page before anything of ours: the camera's picture is shown, and no frame of it is ready to be looked at. A look then lasts
 * until somebody ends it, and not three seconds.
 */
export function holdFrames(): void {
  const original = HTMLVideoElement.prototype.requestVideoFrameCallback;
  const waiting: (() => void)[] = [];
  let isHeld = true;
  addEventListener('hold frames', () => {
    isHeld = true;
  });
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    if (!isHeld) return original.call(this, callback);
    waiting.push(() => original.call(this, callback));
    return 0;
  };
  addEventListener('let frames come', () => {
    isHeld = false;
    for (const ask of waiting.splice(0)) ask();
  });
}

/** Runs in the page, and does so again from the next look on. */
export function holdFramesAgain(): void {
  dispatchEvent(new Event('hold frames'));
}

/** Runs in the page, and ends that. */
export function letFramesCome(): void {
  dispatchEvent(new Event('let frames come'));
}
