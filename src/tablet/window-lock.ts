const LOCK_NAME = 'askfirst-kiosk';

let holding: Promise<boolean> | null = null;

/**
 * Whether this window is the one kiosk of this browser. The lock is held until the window closes, and the browser frees it even after a crash.
 * A window that holds it may ask again, as it does when it tries to start a second time. Rejects where the browser has no locks for this page.
 */
export async function holdWindowLock(): Promise<boolean> {
  holding ??= requestLock();
  let isHeld = false;
  try {
    isHeld = await holding;
    return isHeld;
  } finally {
    // The other window may close, and the browser may recover: anything but a yes is asked for anew.
    if (!isHeld) holding = null;
  }
}

function requestLock(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(LOCK_NAME, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(reject);
  });
}
