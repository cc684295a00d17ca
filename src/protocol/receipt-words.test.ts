import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeReceipt, type ReceiptFacts } from '#consent';
import { facts } from '#consent/testing';
import type { JsonObject } from '#values';
import { formatDuration, languageNameIn } from './fact-names.ts';
import { addressOf, type ReceiptFact } from './fact-parts.ts';
import { readReceiptDocument } from './receipt-reading.ts';
import { receiptInWords } from './receipt-words.ts';

/** Everything that a receipt can say, under every law that it knows and one that it does not. */
const whole: ReceiptFacts = {
  ...facts,
  purposes: ['count', 'demographics'],
  controller: {
    ...facts.controller,
    laws: ['eu-gdpr:GDPR', 'cn-pipl:PIPL', 'https://law.example/privacy'],
    jointWith: [{ name: 'Head Office plc', address: '2 High Street', contact: 'dpo@head.example' }],
    processors: [{ name: 'Hosting Ltd', address: '3 Low Street', contact: 'dpo@hosting.example' }],
    impactAssessmentUrl: 'https://harbour.example/dpia',
  },
};

const english = JSON.parse(readFileSync('src/i18n/locales/en/receipt.json', 'utf8')) as JsonObject;

function t(key: string, values: Readonly<Record<string, string>> = {}): string {
  const found = key.split('.').reduce<unknown>((texts, name) => (texts as JsonObject)[name], english);
  if (typeof found !== 'string') throw new Error(`There is no text ${key}.`);
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);
}

function wordsOf(document: unknown, contribution: 'counted' | 'none' = 'counted'): readonly ReceiptFact[] {
  const reading = readReceiptDocument(document);
  if (reading === null) throw new Error('This is no receipt.');
  return receiptInWords(reading, contribution, {
    t,
    language: 'en',
    formatTime: (time) => new Date(time).toISOString(),
  });
}

/** Every text on the page, and every address that a link of it leads to. */
const textsOf = (words: readonly ReceiptFact[]): readonly string[] =>
  words.flatMap(({ name, parts }) => [
    name,
    ...parts.flatMap((part) =>
      part.kind === 'list' ? part.items : part.kind === 'text' ? [part.text] : [part.text, part.href ?? ''],
    ),
  ]);

/** Every value of a document with the keys that lead to it; places in lists left out. */
function leavesOf(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((member) => leavesOf(member, path));
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}/${key}`));
}

/** What a value of the document is on the page: these words, or none where it is for programs or the page tells it beside the facts. */
type Told = (value: string) => string | null;
const asItStands: Told = (value) => value;
const forPrograms: Told = () => null;
/** Looked up by value, so that a new one must be given its words here first. */
const by =
  (words: Readonly<Record<string, string | null>>): Told =>
  (value) => {
    if (!(value in words)) throw new Error(`Nobody said how ${value} is told.`);
    return words[value]!;
  };
/** The button beside the facts takes the yes back right there, so the page need not send anybody elsewhere. */
const toldByButton: Told = () => null;

const RECORD = '/dpv:hasRecordOfActivity';
const PROCESS = `${RECORD}/dpv:hasProcess`;
const STORED = `${PROCESS}/dpv:hasStorageCondition`;
const STATUS = `${RECORD}/dpv:hasConsentStatus`;
const time = new Date(facts.time).toISOString();
const how = t('facts.howBody');
const ruledOut = by({
  'dpv:Transfer': t('facts.noTransfer', { country: 'Ireland' }),
  'dpv:Share': t('facts.noSharing'),
  'askfirst:Recognise': how,
});
const gdpr = t('facts.basisIn', { law: t('facts.law.gdpr'), articles: '6(1)(a), 9(2)(a)' });
const pipl = t('facts.basisIn', { law: t('facts.law.pipl'), articles: '13(1), 29' });
const { rightsBody } = english.facts as Record<string, string>;

const told: Readonly<Record<string, Told>> = {
  '/@type': forPrograms,
  '/@id': forPrograms,
  '/dct:conformsTo/@id': forPrograms,
  '/dct:identifier': asItStands,
  '/dpv:hasIdentifier': asItStands,
  '/dct:created/@type': forPrograms,
  '/dct:created/@value': () => time,
  '/dct:language': () => t('facts.noticeVersion', { language: 'English', version: '1' }),
  [`${RECORD}/@type`]: forPrograms,
  [`${RECORD}/@id`]: forPrograms,
  [`${RECORD}/dct:conformsTo/@id`]: forPrograms,
  [`${RECORD}/dct:identifier`]: asItStands,
  [`${RECORD}/dpv:hasIdentifier`]: asItStands,
  [`${RECORD}/dct:created/@type`]: forPrograms,
  [`${RECORD}/dct:created/@value`]: () => time,
  [`${RECORD}/askfirst:timeUncertainty/@type`]: forPrograms,
  [`${RECORD}/askfirst:timeUncertainty/@value`]: () => t('facts.clock', { duration: '0.012 seconds' }),
  [`${RECORD}/askfirst:kiosk`]: asItStands,
  [`${RECORD}/askfirst:shop/dct:identifier`]: forPrograms,
  [`${RECORD}/askfirst:shop/dpv:hasName`]: asItStands,
  [`${RECORD}/dpv:hasDataSubject/@type`]: by({ 'dpv:Consumer': null, 'dpv:Child': t('facts.guardian') }),
  [`${RECORD}/dpv:hasDataSubject/dct:identifier`]: asItStands,
  [`${RECORD}/dpv:hasNotice/@id`]: () => t('facts.noticeRead'),
  [`${RECORD}/dpv:hasNotice/@type`]: forPrograms,
  [`${RECORD}/dpv:hasNotice/dct:identifier`]: forPrograms,
  [`${RECORD}/dpv:hasNotice/dct:hasVersion`]: (version) =>
    t('facts.noticeVersion', { language: 'English', version }),
  [`${RECORD}/dpv:hasNotice/dct:language`]: () =>
    t('facts.noticeVersion', { language: 'English', version: '1' }),
  [`${RECORD}/dpv:hasNotice/spdx:checksumAlgorithm/@id`]: forPrograms,
  [`${RECORD}/dpv:hasNotice/spdx:checksumValue`]: (hash) => `/notices/${hash}`,
  [`${RECORD}/dpv:hasDataController/@type`]: () => t('facts.who'),
  [`${RECORD}/dpv:hasDataController/dct:identifier`]: forPrograms,
  [`${RECORD}/dpv:hasDataController/dpv:hasIdentifier`]: forPrograms,
  [`${RECORD}/dpv:hasDataController/dpv:hasName`]: asItStands,
  [`${RECORD}/dpv:hasDataController/dpv:hasAddress`]: asItStands,
  [`${RECORD}/dpv:hasDataController/dpv:hasContact`]: asItStands,
  [`${RECORD}/dpv:hasJointDataControllers/@type`]: () => t('facts.who'),
  [`${RECORD}/dpv:hasJointDataControllers/dpv:hasIdentifier`]: forPrograms,
  [`${RECORD}/dpv:hasJointDataControllers/dpv:hasName`]: asItStands,
  [`${RECORD}/dpv:hasJointDataControllers/dpv:hasAddress`]: asItStands,
  [`${RECORD}/dpv:hasJointDataControllers/dpv:hasContact`]: asItStands,
  [`${RECORD}/dpv:hasRecipient/@type`]: by({
    'dpv:DataController': t('facts.who'),
    'dpv:DataProcessor': t('facts.workers'),
  }),
  [`${RECORD}/dpv:hasRecipient/dct:identifier`]: forPrograms,
  [`${RECORD}/dpv:hasRecipient/dpv:hasIdentifier`]: forPrograms,
  [`${RECORD}/dpv:hasRecipient/dpv:hasName`]: asItStands,
  [`${RECORD}/dpv:hasRecipient/dpv:hasAddress`]: asItStands,
  [`${RECORD}/dpv:hasRecipient/dpv:hasContact`]: asItStands,
  [`${PROCESS}/@type`]: forPrograms,
  [`${PROCESS}/dpv:hasPurpose/@id`]: by({
    'askfirst:count': t('facts.purpose.count'),
    'askfirst:demographics': t('facts.purpose.demographics'),
  }),
  [`${PROCESS}/dpv:hasPurpose/@type`]: forPrograms,
  // The same as its id, for programs that know neither.
  [`${PROCESS}/dpv:hasPurpose/skos:prefLabel`]: forPrograms,
  [`${PROCESS}/dpv:hasPurpose/skos:broader/@id`]: forPrograms,
  // Who did not want a purpose does not find it among those agreed to: each stands there by itself.
  [`${PROCESS}/dpv:hasNecessity/@id`]: () => t('facts.yesTo'),
  [`${PROCESS}/dpv:hasLegalBasis/@id`]: by({
    'eu-gdpr:A6-1-a': gdpr,
    'eu-gdpr:A9-2-a': gdpr,
    'cn-pipl:A13-1': pipl,
    'cn-pipl:A29': pipl,
    'dpv:ExpressedConsent': t('facts.basisBody'),
  }),
  [`${PROCESS}/dpv:hasPersonalData/@id`]: by({
    'askfirst:FacialImage': t('facts.notKeptItem.picture'),
    'pd:AgeRange': t('facts.keptItem.demographics'),
    'pd:Gender': t('facts.keptItem.demographics'),
  }),
  [`${PROCESS}/dpv:hasPersonalData/@type`]: by({
    'dpv:PersonalData': null,
    'dpv:SensitivePersonalData': t('facts.basisBody'),
  }),
  [`${PROCESS}/dpv:hasPersonalData/skos:broader/@id`]: forPrograms,
  [`${PROCESS}/dpv:hasDataSource/@type`]: () => how,
  [`${PROCESS}/dpv:hasDataSource/dct:description`]: () => how,
  [`${PROCESS}/dpv:hasProcessing/@id`]: () => how,
  [`${PROCESS}/dpv:hasAutomationLevel/@id`]: () => how,
  [`${PROCESS}/dpv:hasHumanInvolvement/@id`]: () => how,
  [`${PROCESS}/dpv:hasProcessingCondition/@type`]: () => how,
  [`${PROCESS}/dpv:hasProcessingCondition/dpv:hasLocation/@id`]: () => how,
  [`${STORED}/@type`]: () => t('facts.stored'),
  [`${STORED}/dpv:hasData/@id`]: by({
    'askfirst:FacialImage': t('facts.storedItem.picture', { duration: '20 seconds' }),
    'askfirst:AgeAndGender': t('facts.ageAndGender', { duration: '30 days' }),
    'askfirst:LinkToCounts': t('facts.link', { duration: '30 days' }),
    'askfirst:Receipt': t('facts.receipt', { duration: '3 years' }),
  }),
  [`${STORED}/dpv:hasLocation/@id`]: by({
    'dpv:WithinDevice': t('facts.storedItem.picture', { duration: '20 seconds' }),
    'loc:IE': t('facts.storedItem.counted', { country: 'Ireland' }),
  }),
  [`${STORED}/dpv:hasDuration/@type`]: forPrograms,
  [`${STORED}/dpv:hasDuration/@value`]: by({
    PT20S: t('facts.storedItem.picture', { duration: '20 seconds' }),
    P30D: t('facts.link', { duration: '30 days' }),
    P3Y: t('facts.receipt', { duration: '3 years' }),
  }),
  [`${STORED}/dpv:hasDuration/dct:description`]: () => t('facts.ageAndGender', { duration: '30 days' }),
  [`${RECORD}/dpv:hasRule/@type`]: () => t('facts.passedOn'),
  [`${RECORD}/dpv:hasRule/dpv:hasProcessing/@id`]: ruledOut,
  // The same as what is ruled out, in English.
  [`${RECORD}/dpv:hasRule/dct:description`]: forPrograms,
  [`${RECORD}/dpv:hasJurisdiction/@id`]: () => t('facts.noTransfer', { country: 'Ireland' }),
  [`${RECORD}/dpv:hasApplicableLaw/@id`]: by({
    'eu-gdpr:GDPR': gdpr,
    'cn-pipl:PIPL': pipl,
    'https://law.example/privacy': 'https://law.example/privacy',
  }),
  [`${RECORD}/dpv:hasRight/@type`]: by({
    'dpv:DataSubjectRight': t('facts.rights'),
    'eu-gdpr:A7-3': null,
    'eu-gdpr:A15': rightsBody!,
    'eu-gdpr:A16': rightsBody!,
    'eu-gdpr:A17': rightsBody!,
    'eu-gdpr:A18': t('facts.right.pause'),
    'eu-gdpr:A20': t('facts.right.move'),
    'eu-gdpr:A77': t('facts.complaint'),
    'cn-pipl:A15': null,
    'cn-pipl:A44': rightsBody!,
    'cn-pipl:A45': t('facts.right.move'),
    'cn-pipl:A46': rightsBody!,
    'cn-pipl:A47': rightsBody!,
    'cn-pipl:A48': t('facts.right.explain'),
    'cn-pipl:A65': t('facts.complaint'),
    'askfirst:Withdraw': null,
    'askfirst:Read': rightsBody!,
    'askfirst:Correct': rightsBody!,
    'askfirst:Delete': rightsBody!,
    'askfirst:Complain': t('facts.complaint'),
  }),
  [`${RECORD}/dpv:hasRight/dct:title`]: forPrograms,
  [`${RECORD}/dpv:hasRight/dpv:isExercisedAt/@id`]: toldByButton,
  [`${RECORD}/dpv:hasRight/dpv:isExercisedAt`]: asItStands,
  [`${RECORD}/dpv:hasAuthority/@type`]: () => t('facts.complaint'),
  [`${RECORD}/dpv:hasAuthority/dpv:hasIdentifier`]: asItStands,
  [`${RECORD}/dpv:hasAuthority/dpv:hasName`]: asItStands,
  [`${RECORD}/dpv:hasAuthority/dpv:hasContact`]: asItStands,
  [`${RECORD}/dpv:hasImpactAssessment/@id`]: asItStands,
  [`${STATUS}/@type`]: () => t('facts.yesTo'),
  [`${STATUS}/dpv:isIndicatedBy/@id`]: by({
    'dpv:Consumer': null,
    'dpv:GuardianOfDataSubject': t('facts.guardian'),
  }),
  [`${STATUS}/dpv:hasIndicationMethod`]: () => facts.buttonLabel,
  [`${STATUS}/askfirst:answersShown/@list`]: () =>
    t('facts.shown', { answers: facts.answersShown.join(' / ') }),
  [`${STATUS}/dpv:isIndicatedAtTime/@type`]: forPrograms,
  [`${STATUS}/dpv:isIndicatedAtTime/@value`]: () => time,
  [`${STATUS}/dpv:isImplementedByEntity`]: asItStands,
  [`${STATUS}/dpv:hasDuration/@type`]: forPrograms,
  [`${STATUS}/dpv:hasDuration/@value`]: () => t('facts.link', { duration: '30 days' }),
  [`${RECORD}/dpv:hasConsentControl/@type`]: toldByButton,
  [`${RECORD}/dpv:hasConsentControl/dpv:isExercisedAt/@id`]: toldByButton,
  [`${RECORD}/dpv:hasConsentControl/dpv:isExercisedAt`]: toldByButton,
};

describe('the words of a receipt', () => {
  const kinds: Readonly<Record<string, ReceiptFacts>> = {
    'that says all that there is': whole,
    'of a child': { ...whole, purposes: ['count'], givenBy: 'guardian' },
  };

  it.each(Object.entries(kinds))('tell every fact of the document %s', (_, kind) => {
    const { '@context': __, ...document } = makeReceipt(kind);
    const words = textsOf(wordsOf(document));
    for (const [path, value] of leavesOf(document)) {
      const tell = told[path];
      if (tell === undefined) throw new Error(`Nobody said how ${path} is told.`);
      const expected = tell(value);
      if (expected !== null) expect(words, `${path} ${value}`).toContain(expected);
    }
  });

  it('claim nothing that the document does not say', () => {
    const plain = textsOf(wordsOf(makeReceipt(facts)));
    for (const absent of ['facts.workers', 'facts.risks', 'facts.guardian', 'facts.right.explain']) {
      expect(plain).not.toContain(t(absent));
    }
    const { 'dpv:hasRecordOfActivity': record, ...rest } = makeReceipt(whole);
    const { 'dpv:hasRule': _, ...unruled } = record;
    const words = textsOf(wordsOf({ ...rest, 'dpv:hasRecordOfActivity': unruled }));
    for (const promise of [how, t('facts.noSharing'), t('facts.passedOn')])
      expect(words).not.toContain(promise);
  });

  it('follow no address that others wrote unless it is of the web or of mail', () => {
    const hostile = {
      ...whole.controller,
      impactAssessmentUrl: 'javascript:alert(1)',
      laws: ['data:text/html,x'],
    };
    const parts = wordsOf(makeReceipt({ ...whole, controller: hostile })).flatMap((fact) => fact.parts);
    const links = parts.flatMap((part) => (part.kind === 'link' && !part.isOurs ? [part.href] : []));
    expect(links.filter((href) => href !== null && !/^(https:|mailto:)/.test(href))).toEqual([]);
    expect(links).toContain(null);
  });

  it('put what the notice asked before all details', () => {
    const ranks = wordsOf(makeReceipt(whole)).map(({ isDetail }) => isDetail);
    expect(ranks).toEqual([...ranks].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(ranks)).toEqual(new Set([true, false]));
  });

  it('say of nobody who was not counted that a number or a guess is kept', () => {
    const words = textsOf(wordsOf(makeReceipt(whole), 'none'));
    expect(words).not.toContain(t('facts.ageAndGender', { duration: '30 days' }));
    expect(words).toContain(t('facts.storedItem.receipt', { country: 'Ireland' }));
  });

  it('show what was tapped as it is written where it is said in words that are not ours', () => {
    const document = JSON.parse(
      JSON.stringify(makeReceipt(facts)).replace(/tapped the button [^}]*?screen"/, 'said yes aloud"'),
    );
    expect(textsOf(wordsOf(document))).toContain('said yes aloud');
  });
});

describe('a duration', () => {
  it.each([
    ['P30D', 'en', '30 days'],
    ['P1D', 'en', '1 day'],
    ['P3Y', 'en', '3 years'],
    ['P6M', 'en', '6 months'],
    ['PT20S', 'en', '20 seconds'],
    ['PT0.012S', 'en', '0.012 seconds'],
    ['PT20S', 'zh-Hans', '20秒钟'],
    ['P30D', 'zh-Hans', '30天'],
    ['P3Y', 'zh-Hans', '3年'],
  ])('%s reads in %s as %s', (duration, language, words) => {
    expect(formatDuration(duration, language)).toBe(words);
  });

  it.each(['PT20M', 'P20S', 'PT5D', 'P1.5D', 'P1Y6M', 'P', ''])(
    '%j, of another form, is shown as it stands',
    (duration) => {
      expect(formatDuration(duration, 'en')).toBe(duration);
    },
  );
});

describe('the name of a language', () => {
  it.each([
    ['en', 'zh-Hans', '英语'],
    ['zh-Hans', 'en', 'Simplified Chinese'],
    ['en-abcde-abcde', 'en', 'en-abcde-abcde'],
  ])('%s in %s is %s', (tag, language, name) => {
    expect(languageNameIn(tag, language)).toBe(name);
  });
});

describe('a contact', () => {
  it.each([
    ['privacy@shop.example', 'mailto:privacy@shop.example'],
    ['https://shop.example/privacy', 'https://shop.example/privacy'],
  ])('%s can be followed', (contact, address) => {
    expect(addressOf(contact)).toBe(address);
  });

  it.each(['javascript:alert(1)', 'data:text/html,hello', '2 Quay, Cork', 'a@b?subject=c', '//shop.example'])(
    '%s is only words',
    (contact) => {
      expect(addressOf(contact)).toBeNull();
    },
  );
});
