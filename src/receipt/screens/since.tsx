/** @jsxImportSource preact */
import { formatDateTime } from '#i18n/words';
import type { Instant } from '#values';
import { useTranslation } from '../use-translation.ts';
import { regional } from '../wording.ts';

/** Since when somebody is out of all numbers. */
export function Since({ withdrawnAt }: { readonly withdrawnAt: Instant | null }) {
  const { t, language } = useTranslation();
  if (withdrawnAt === null) return null;
  return <p>{t('status.withdrawn.since', { time: formatDateTime(withdrawnAt, regional(language)) })}</p>;
}
