const LOCK_NAME = 'askfirst-kiosk';

/** Whether this window is the one kiosk of this browser. The lock is held until the window closes, and the browser frees it even after a crash. */
export async function holdWindowLock(): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(LOCK_NAME, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => undefined);
    });
  });
}
