import { MAX_TEXT } from './limits.ts';

// The rules of fields that more than schemas ask: what a phone reads comes without a schema, since those are half of its page.

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG = 64;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const MAX_LANGUAGE = 35;

/** Shops and controllers are named by an administrator: lower-case words joined by hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= MAX_SLUG && SLUG.test(text);
}

/** Text without NUL and lone surrogates, which databases and JSON of other languages refuse. */
export function isText(text: string): boolean {
  return text.length <= MAX_TEXT && text.isWellFormed() && !text.includes('\u0000');
}

/** BCP 47 tag. */
export function isLanguage(text: string): boolean {
  return text.length <= MAX_LANGUAGE && LANGUAGE.test(text);
}
