import type { Notice } from '#consent';
import type { KioskConfig } from '#protocol';

/** The notice in force in a language, or in the shop's first one where there is none. */
export function noticeIn(config: KioskConfig, language: string): Notice {
  const [first] = config.notices;
  const notice = config.notices.find((candidate) => candidate.language === language) ?? first;
  if (notice === undefined) throw new Error('The settings hold no notice; their schema asks for one.');
  return notice;
}
