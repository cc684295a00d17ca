/**
 * Makes the fonts of `virtual:language-fonts.css` and `virtual:language-names.css` when something is built: each cut down to the strings that
 * we ship.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { charactersOf, isOnEveryTablet, ownName } from './characters.ts';
import { compressFont, fontPackages, languagesWithFont, makeFont } from './make-font.ts';

const FOR_TEXTS = 'language-fonts.css';
/** For the names that languages have for themselves, which stand on pages in any language. */
const FOR_NAMES = 'language-names.css';
const SHEETS = [FOR_TEXTS, FOR_NAMES] as const;
const VIRTUAL = 'virtual:';
/** What is made stays until a text, a font or this folder changes. */
const CACHE = 'node_modules/.cache/askfirst-fonts';
/** Our styles use weights from 400 to 700; browsers take the nearer one. */
const WEIGHTS = [400, 700] as const;
const NAMES_WEIGHT = 600;
const MADE_FROM = [
  ...[...fontPackages, 'subset-font', 'fonteditor-core'].map((name) => `node_modules/${name}/package.json`),
  'src/cli/bundle/fonts/make-font.ts',
  'src/cli/bundle/fonts/plugin.ts',
];

/** A plugin that gives each language of another script its own font, and the names of all languages tiny ones. */
export function languageFonts(): Plugin {
  let isTest = false;
  let making: Promise<string> | null = null;
  return {
    name: 'askfirst:language-fonts',
    enforce: 'pre',
    configResolved(config) {
      isTest = config.mode === 'test';
    },
    async resolveId(id) {
      const sheet = SHEETS.find((name) => id === `${VIRTUAL}${name}`);
      if (sheet === undefined) return null;
      if (isTest) return `\0${id}`;
      making ??= makeStyles();
      return join(await making, sheet);
    },
    load(id) {
      return id.startsWith(`\0${VIRTUAL}language-`) ? '' : null;
    },
  };
}

/** The folder of the style sheets, with their fonts beside them. */
async function makeStyles(): Promise<string> {
  const wanted = languagesWithFont.map((language) => ({ language, characters: [...charactersOf(language)] }));
  const hash = createHash('sha256').update(JSON.stringify(wanted));
  for (const file of MADE_FROM) hash.update(readFileSync(file));
  const folder = resolve(CACHE, hash.digest('hex').slice(0, 16));
  if (SHEETS.every((name) => existsSync(join(folder, name)))) return folder;
  mkdirSync(folder, { recursive: true });
  const writeFont = async (file: string, ...of: Parameters<typeof makeFont>): Promise<void> => {
    const [, characters] = of;
    writeFileSync(join(folder, file), await compressFont(await makeFont(...of), characters));
  };
  const rules: string[] = [];
  const ofNames: string[] = [];
  const taken = new Set<string>();
  for (const { language, characters } of wanted) {
    for (const weight of WEIGHTS) {
      const file = `${language}-${weight}.woff2`;
      await writeFont(file, language, characters, weight);
      rules.push(face(`AskFirst ${language}`, file, weight));
    }
    rules.push(`:root[lang="${language}"]{font-family:"AskFirst ${language}",var(--font)}`);
    // Each character of all the names is in one of these files alone, so that a page with every name fetches each file once.
    const name = [...new Set(ownName(language))].filter((sign) => !isOnEveryTablet(sign) && !taken.has(sign));
    for (const sign of name) taken.add(sign);
    const file = `name-${language}.woff2`;
    await writeFont(file, language, name, NAMES_WEIGHT);
    ofNames.push(face('AskFirst names', file, NAMES_WEIGHT, name));
  }
  for (const [name, lines] of [
    [FOR_TEXTS, rules],
    [FOR_NAMES, ofNames],
  ] as const) {
    // Written under another name first: two builds at once must never read half a file.
    const draft = join(folder, `${name}.${process.pid}`);
    writeFileSync(draft, lines.join('\n'));
    renameSync(draft, join(folder, name));
  }
  return folder;
}

function face(family: string, file: string, weight: number, only: readonly string[] = []): string {
  const range = only.map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16)}`).join(',');
  const limit = range === '' ? '' : `unicode-range:${range};`;
  return `@font-face{font-family:"${family}";src:url("./${file}") format("woff2");font-weight:${weight};${limit}font-display:swap}`;
}
