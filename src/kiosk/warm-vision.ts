import type { Tablet } from '#tablet';
import type { Vision } from '#vision';
import type { Troubles } from './troubles.ts';

export interface WarmVision {
  /** Starts loading and warming up, once. Called when the attract screen is up, so that the first screen never waits for it. */
  readonly begin: () => void;
  /** The networks, warm, or null where they cannot be had. */
  readonly ready: () => Promise<Vision | null>;
}

/** Brings the networks up on blank input, without the camera, and reports which backend they run on. */
export function warmVision(tablet: Tablet, troubles: Troubles): WarmVision {
  let warming: Promise<Vision | null> | null = null;

  async function warm(): Promise<Vision | null> {
    const { startVision } = await import('#vision');
    const vision = startVision({
      prefer: tablet.config().settings.vision,
      onReport: (report) => tablet.setHealth({ vision: report }),
    });
    const warmed = await vision.warmUp();
    troubles.set('vision-unavailable', !warmed.ok);
    if (!warmed.ok) return null;
    tablet.setHealth({ vision: warmed.report });
    return vision;
  }

  function begin(): Promise<Vision | null> {
    warming ??= warm().then((vision) => {
      // A failed start may have been the network's fault; the next visit tries again.
      if (vision === null) warming = null;
      return vision;
    });
    return warming;
  }

  return { begin: () => void begin(), ready: begin };
}
