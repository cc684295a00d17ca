import type { NoticeTemplate } from '#consent';

const files = import.meta.glob<NoticeTemplate>('./locales/*/notice.json', { import: 'default' });

/** The notice of a language as it is written, placeholders and all. The server fills and publishes it; only the gallery reads it here. */
export async function loadNoticeTemplate(language: string): Promise<NoticeTemplate> {
  const load = files[`./locales/${language}/notice.json`];
  if (load === undefined) throw new Error(`There is no notice in ${language}.`);
  return load();
}
