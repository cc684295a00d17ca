/**
 * i18n: the languages, their texts and i18next's set-up. Imports `values` and `consent` alone.
 * A language is a folder in `locales`: adding one adds files and changes none.
 */

export { useTranslation } from 'react-i18next';
export {
  formatAgo,
  formatDate,
  formatDateTime,
  formatHour,
  formatNumber,
  formatShortDate,
  formatTime,
} from './format.ts';
export { type App, languageDirection, languageName, languagesOf, nearestLanguage } from './languages.ts';
export { changeLanguage, loadEveryLanguage, startI18n } from './start.ts';
