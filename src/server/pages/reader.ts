import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { createTexts, type Texts } from '#i18n/texts';
import { nearestLanguage } from '#values';
import { projectDir } from '../project-dir.ts';

/** The namespace that a page's texts go into: of one app, in one language. */
const NAMESPACE = 'receipt';
const LOCALES = join(projectDir, 'src/i18n/locales');
const OFFERED: readonly string[] = readdirSync(LOCALES).sort();
/** People read a few languages; to look each up takes time that a stranger must not have. */
const MAX_WANTED = 10;
/** BCP 47 has no real tag that is longer (RFC 5646, section 4.4.1). */
const MAX_TAG_CHARS = 35;

/** Whoever reads a page about a receipt: their language and its texts. */
export interface Reader {
  readonly language: string;
  readonly t: (key: string, values?: Readonly<Record<string, string>>) => string;
}

/** What a browser says that its owner reads. A stranger wrote it: only a language that we have is ever taken from it. */
export async function readerFor({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Reader> {
  const wanted = (headers['accept-language'] ?? '')
    .split(',', MAX_WANTED)
    .map((item) => item.split(';')[0]?.trim() ?? '')
    .filter(isLanguageTag);
  return readerIn([...wanted, 'en']);
}

/** The first of some languages that we have. */
export async function readerIn(wanted: readonly string[]): Promise<Reader> {
  const language = nearestLanguage(wanted, OFFERED);
  const file = JSON.parse(await readFile(join(LOCALES, language, `${NAMESPACE}.json`), 'utf8')) as Texts;
  const t = createTexts().addResourceBundle(language, NAMESPACE, file).getFixedT(language, NAMESPACE);
  return { language, t: (key, values) => t(key, { ...values }) };
}

function isLanguageTag(text: string): boolean {
  if (text.length > MAX_TAG_CHARS) return false;
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
