import type { FastifyReply } from 'fastify';
import { LIVE_EVENTS, type LiveBeat, type Today } from '#protocol';
import type { Sha256 } from '#values';
import type { LiveStream } from './live-hub.ts';

/** A screen that does not read is closed before its backlog grows further; when it comes back it gets today whole. */
const MAX_BACKLOG_BYTES = 256 * 1024;

/** An answer as Server-Sent Events (HTML standard, section 9.2), one `today` event on each change and a `beat` where there is none. */
export function eventStream(
  reply: FastifyReply,
  session: { readonly hash: Sha256; readonly mayStay: () => Promise<boolean> },
): LiveStream & { readonly begin: () => void } {
  const { raw } = reply;
  let lastSent = '';

  function write(text: string): void {
    if (raw.writableEnded || raw.destroyed) return;
    if (raw.writableLength > MAX_BACKLOG_BYTES) raw.destroy();
    else raw.write(text);
  }

  return {
    sessionHash: session.hash,
    mayStay: session.mayStay,
    begin: () => {
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) raw.setHeader(name, value);
      }
      // Proxies that buffer would keep the numbers to themselves.
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.flushHeaders();
    },
    send: (today) => {
      const content = withoutTime(today);
      const isNew = content !== lastSent;
      const data: Today | LiveBeat = isNew ? today : { asOf: today.asOf };
      write(`event: ${isNew ? LIVE_EVENTS.today : LIVE_EVENTS.beat}\ndata: ${JSON.stringify(data)}\n\n`);
      lastSent = content;
    },
    end: () => raw.end(),
  };
}

function withoutTime({ asOf: _, ...today }: Today): string {
  return JSON.stringify(today);
}
