import { hashNotice } from '#consent';
import { type Sha256, sha256OfJson } from '#values';
import { hashText } from '../hash-text.ts';
import type { Publication } from '../publication.ts';

/** A hash of which shops would get which notices: whoever publishes names what they were shown by it. */
export function planOf({ shops }: Publication): Sha256 {
  const planned = shops.map(({ shop, notices }) => [
    shop.id,
    ...notices.map(({ notice }) => hashNotice(notice)),
  ]);
  return sha256OfJson(planned, hashText);
}
