import type { FastifyRequest } from 'fastify';

/**
 * Whether a request that changes something comes from one of our own pages: another site's page must not act with our cookie (CSRF).
 * Browsers say it in `Sec-Fetch-Site` (Fetch Metadata), older ones in `Origin`; what is no browser says neither and holds no cookie of one.
 */
export function isFromOurPage(request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
