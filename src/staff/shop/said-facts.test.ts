import { describe, expect, it } from 'vitest';
import { changedFacts, type SaidTerms } from './said-facts.ts';

const party = { name: 'Pier Hosting', address: '5 Pier, Cork', contact: 'help@pier.example' };
const terms: SaidTerms = {
  controller: {
    name: 'Quay Cars Ltd',
    address: '2 Quay, Cork',
    contact: 'privacy@quay.example',
    regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    retention: { linkDays: 30, receiptYears: 3 },
    processors: [party],
  },
  shop: { name: 'Quay', languages: ['en', 'fr', 'de'] },
  settings: { ageOfConsent: 16, idleSeconds: 45 },
};
const { controller, shop, settings } = terms;

describe('what changes', () => {
  it.each<[string, SaidTerms, readonly string[]]>([
    ['nothing', terms, []],
    [
      'nothing where what may be left out is said in full',
      {
        controller: { ...controller, jointWith: [] },
        shop,
        settings: { ...settings, surroundings: undefined, openingHours: undefined },
      },
      [],
    ],
    [
      'what only receipts say',
      {
        ...terms,
        controller: {
          ...controller,
          address: '3 Quay, Cork',
          processors: [{ ...party, contact: 'dpo@pier.example' }],
          impactAssessmentUrl: 'https://quay.example/assessment',
        },
      },
      ['address', 'processors', 'impactAssessmentUrl'],
    ],
    [
      'how the tablets ask',
      {
        ...terms,
        settings: {
          ageOfConsent: 16,
          idleSeconds: 60,
          openingHours: { from: '09:00', to: '18:00' },
          surroundings: 'dark',
          receiptPaper: '58mm',
        },
      },
      ['idleSeconds', 'openingHours', 'surroundings', 'receiptPaper'],
    ],
    [
      'both the regulator and where it is, and both times',
      {
        ...terms,
        controller: {
          ...controller,
          regulator: { name: 'Commission', url: 'https://commission.example' },
          retention: { linkDays: 14, receiptYears: 2 },
        },
      },
      ['regulator', 'regulatorUrl', 'linkDays', 'receiptYears'],
    ],
    ['a language that is dropped', { ...terms, shop: { ...shop, languages: ['en', 'de'] } }, ['languages']],
    [
      'a language that is added',
      { ...terms, shop: { ...shop, languages: [...shop.languages, 'ar'] } },
      ['languages'],
    ],
    [
      'the order of the languages after the first',
      { ...terms, shop: { ...shop, languages: ['en', 'de', 'fr'] } },
      ['languages'],
    ],
    [
      'the first language alone, which moves the others',
      { ...terms, shop: { ...shop, languages: ['de', 'en', 'fr'] } },
      ['firstLanguage'],
    ],
    [
      'a first language that is new',
      { ...terms, shop: { ...shop, languages: ['ar', 'en', 'fr', 'de'] } },
      ['firstLanguage', 'languages'],
    ],
    [
      'the first language with the one that was first dropped',
      { ...terms, shop: { name: 'Quay Side', languages: ['fr', 'de'] } },
      ['shopName', 'firstLanguage', 'languages'],
    ],
  ])('is told by field: %s', (_, after, expected) => {
    expect(changedFacts(terms, after)).toEqual(expected);
  });
});
