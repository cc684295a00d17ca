import { SECOND_MS } from '#values';
import { namesToSend, type VisionHealth } from './health.ts';
import type { ServerClient } from './server-client.ts';

/** How long to wait before a server that did not hear is told again. */
const TELL_AGAIN_MS = 10 * SECOND_MS;

/**
 * Tells the server that the browser took this tablet's storage away, with what the page still knows: nothing waits any more. Resolves once
 * the server has heard, which is also when the page can be loaded from it again.
 */
export async function tellStorageLost(
  client: Pick<ServerClient, 'report'>,
  version: string,
  vision: VisionHealth | null,
): Promise<void> {
  for (;;) {
    const told = await client.report({
      state: 'resting',
      problem: 'storage-lost',
      ...namesToSend(version, vision),
      waiting: 0,
      tallies: [],
    });
    // A server that refuses has been reached all the same.
    if (told.ok || told.reason === 'refused') return;
    await new Promise((resolve) => setTimeout(resolve, TELL_AGAIN_MS));
  }
}
