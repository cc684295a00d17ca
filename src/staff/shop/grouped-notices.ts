import type { TermsPreview } from '#protocol';

type Previewed = TermsPreview['notices'][number];

/** Notices of several shops that say the same and change in the same way: they are read once. */
export interface NoticeGroup extends Pick<Previewed, 'language' | 'before' | 'after'> {
  readonly shops: readonly Pick<Previewed, 'shop' | 'version'>[];
}

/** The notices in the order in which they come, those that read alike together. */
export function groupNotices(notices: TermsPreview['notices']): readonly NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const { shop, version, language, before, after } of notices) {
    const key = JSON.stringify([language, before, after]);
    const shops = groups.get(key)?.shops ?? [];
    groups.set(key, { language, before, after, shops: [...shops, { shop, version }] });
  }
  return [...groups.values()];
}
