import { registerSW } from 'virtual:pwa-register';
import { SECOND_MS } from '#values';

/** The new version reloads the page once it is in charge. Where that does not come, the page does it by itself. */
const RELOAD_WITHIN_MS = 10 * SECOND_MS;

interface UpdateManners {
  /** Whether no visit is running. */
  readonly isIdle: () => boolean;
  /** A new version takes over now, and the page is about to be loaded anew: from here on no visit may start. */
  readonly onApply: () => void;
}

/**
 * Registers the service worker, which lets the kiosk start without a network. A new version waits until no visit is running, and none can
 * start while it takes over, so that a visit always ends on the version that it began on.
 */
export function keepUpdated({ isIdle, onApply }: UpdateManners): { readonly applyIfWaiting: () => void } {
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
    onApply();
    setTimeout(() => location.reload(), RELOAD_WITHIN_MS);
    void update(true);
  }

  return { applyIfWaiting };
}
