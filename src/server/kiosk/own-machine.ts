import type { FastifyRequest } from 'fastify';

/** Headers that a proxy adds: what it passes on comes from somewhere else, whatever the connection says. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/** Whether an address is of this machine alone (RFC 6890). */
function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/** Whether a host name, as a browser's address bar has it, means the machine that the browser runs on. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host.replace(/^\[|\]$/g, ''));
}

/**
 * Whether a request was made on this very machine and meant for it. The `Host` is looked at too: a page of another site may have its own
 * name point here (DNS rebinding), and a browser on this machine would then carry its requests.
 */
export function isOwnMachine(request: FastifyRequest): boolean {
  const isPassedOn = PROXY_HEADERS.some((name) => request.headers[name] !== undefined);
  return !isPassedOn && isLoopbackAddress(request.ip) && isLoopbackHost(request.hostname);
}
