import { formatDateTime, useTranslation } from '#i18n';
import type { Instant } from '#values';
import { regional } from '../wording.ts';

/** Since when somebody is out of all numbers. */
export function Since({ withdrawnAt }: { readonly withdrawnAt: Instant | null }) {
  const { t, i18n } = useTranslation('receipt');
  if (withdrawnAt === null) return null;
  return <p>{t('status.withdrawn.since', { time: formatDateTime(withdrawnAt, regional(i18n.language)) })}</p>;
}
