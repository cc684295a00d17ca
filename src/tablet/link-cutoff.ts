import { DAY_MS, type Instant, instant } from '#values';
import type { TabletCore } from './core.ts';
import { LONGEST_DAY_MS } from './today.ts';

/**
 * Links of what counted up to this time have had their days. No link is kept for longer than its visitor was told; but whatever was said,
 * today's numbers on this tablet need a day of links.
 */
export function linkCutoff({ config }: Pick<TabletCore, 'config'>, now: Instant, told?: number): Instant {
  const { linkDays } = config().controller.retention;
  const linkMs = Math.max(Math.min(linkDays, told ?? linkDays) * DAY_MS, LONGEST_DAY_MS);
  return instant(Math.max(0, now - linkMs));
}
