/** What of this room needs no React: for a page that comes without it. */
export { nearestLanguage } from '#values';
export {
  formatAgo,
  formatDate,
  formatDateTime,
  formatDuration,
  formatHour,
  formatNumber,
  formatShortDate,
  formatTime,
} from './format.ts';
export type { App } from './keys.ts';
export { languageName, languagesOf } from './languages.ts';
export { changeLanguage, currentLanguage, loadEveryLanguage, onLanguageChange, textsIn } from './start.ts';
