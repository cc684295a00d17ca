import type { Check } from '../item.ts';

/** A notice that came into force is one of the file's for this shop, in the version and language that it has. */
export const checkNotices: Check = ({ notices, usedNotices }, item) => {
  if (item.kind !== 'notice-in-force' || item.body === null) return null;
  const { noticeHash, version, language } = item.body;
  const notice = notices.get(noticeHash);
  if (notice === undefined) return 'notice-unknown';
  if (notice.version !== version || notice.language !== language) return 'notice-differs';
  usedNotices.add(noticeHash);
  return null;
};
