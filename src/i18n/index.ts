/**
 * i18n: the languages and their texts, and `t` that finds and fills one. Imports `values` and `consent` alone.
 * A language is a folder in `locales`: adding one adds files and changes none.
 */
export { useTranslation } from './use-translation.ts';
export * from './words.ts';
