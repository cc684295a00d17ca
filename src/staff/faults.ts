import type { RefusalReason } from '#protocol';

/** What can keep the server's answer from us. Closed: each has its words under `fault` in the texts. */
export const STAFF_FAULTS = [
  'unreachable',
  /** Something answered, but not in our words, as a captive portal does, or a server of a newer version. */
  'not-our-server',
  'link-used',
  /** The link is not whole, as after copying half of it. */
  'link-broken',
  /** The server signed us in, and the browser did not keep it. */
  'cookie-refused',
  'name-taken',
  /** Somebody else changed the same thing while it was being changed here. */
  'changed-meanwhile',
  'words-too-long',
  'published-too-often',
  'too-many-notices',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'too-many-requests',
  'server-busy',
  'server-fault',
] as const;
export type StaffFault = (typeof STAFF_FAULTS)[number];

/** Faults that may be gone when the same is tried once more. */
const PASSING: ReadonlySet<StaffFault> = new Set([
  'unreachable',
  'not-our-server',
  'too-many-requests',
  'server-busy',
  'server-fault',
]);

export function mayPass(fault: StaffFault): boolean {
  return PASSING.has(fault);
}

/** Our word for a refusal. The ones that are meant for kiosks would be a bug on either side. */
export function faultOf(reason: RefusalReason): StaffFault {
  if (reason === 'malformed' || reason === 'too-large') return 'server-fault';
  return STAFF_FAULTS.find((fault) => fault === reason) ?? 'server-fault';
}
