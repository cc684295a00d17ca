import type { NoticeTexts } from '#consent';

const files = import.meta.glob<NoticeTexts>('./locales/*/notice.json', { import: 'default' });

/** The notice of a language as it is written, placeholders and all. The server fills and publishes it; only the gallery reads it here. */
export async function loadNoticeTemplate(language: string): Promise<NoticeTexts> {
  const load = files[`./locales/${language}/notice.json`];
  if (load === undefined) throw new Error(`There is no notice in ${language}.`);
  return load();
}
