import { registerSW } from 'virtual:pwa-register';

/**
 * Registers the service worker, which lets the kiosk start without a network. A new version waits until `isIdle` says that no visit is
 * running, so that a visit always ends on the version that it began on.
 */
export function keepUpdated(isIdle: () => boolean): { readonly applyIfWaiting: () => void } {
  let isWaiting = false;
  const update = registerSW({
    immediate: true,
    onNeedRefresh: () => {
      isWaiting = true;
      applyIfWaiting();
    },
  });

  function applyIfWaiting(): void {
    if (!isWaiting || !isIdle()) return;
    isWaiting = false;
    void update(true);
  }

  return { applyIfWaiting };
}
