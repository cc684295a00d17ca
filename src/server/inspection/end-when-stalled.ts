import type { ServerResponse } from 'node:http';

/** Ends an answer of which nobody has taken a byte for so long, and with it all that is kept in memory to go on with it. */
export function endWhenStalled(response: ServerResponse, mostMs: number): void {
  response.setTimeout(mostMs, () => response.destroy());
}
