import type { Tablet } from '#tablet';
import type { Vision, VisionReport } from '#vision';
import type { Troubles } from './troubles.ts';

export interface WarmVision {
  /** Starts loading and warming up, once. Called when the attract screen is up, so that the first screen never waits for it. */
  readonly begin: () => void;
  /** The networks, warm, or null where they cannot be had. After a look that is once the fresh worker is warm too. */
  readonly ready: () => Promise<Vision | null>;
}

/**
 * Brings the networks up on blank input, without the camera, and reports which backend they run on. `onMissing`: the program itself did not come,
 * and never will in this page, since a browser asks for a part of it once.
 */
export function warmVision(tablet: Tablet, troubles: Troubles, onMissing: () => void): WarmVision {
  let loading: Promise<Vision> | null = null;

  function note(report: VisionReport | null): void {
    troubles.set('vision-unavailable', report === null);
    if (report !== null) tablet.setHealth({ vision: report });
  }

  async function load(): Promise<Vision> {
    try {
      const { startVision } = await import('#vision');
      return startVision({ prefer: tablet.config().settings.vision, onReport: note });
    } catch (error) {
      onMissing();
      throw error;
    }
  }

  async function ready(): Promise<Vision | null> {
    try {
      loading ??= load();
      const vision = await loading;
      return (await vision.warmUp()).ok ? vision : null;
    } catch {
      note(null);
      return null;
    }
  }

  return { begin: () => void ready(), ready };
}
