import { describe, expect, it } from 'vitest';
import type { TermsAnswer } from '#protocol';
import { checkDraft, type Draft, draftOf, withNewParty } from './draft.ts';

const party = { name: 'Quay Cars Ltd', address: '2 Quay, Cork', contact: 'privacy@quay.example' };
const terms: TermsAnswer['terms'] = {
  controller: {
    ...party,
    regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
    retention: { linkDays: 30, receiptYears: 3 },
    processors: [{ name: 'Pier Hosting', address: '5 Pier, Cork', contact: 'help@pier.example' }],
    impactAssessmentUrl: 'https://quay.example/assessment',
  },
  shop: { name: 'Quay', languages: ['en', 'zh-Hans'] },
  settings: {
    ageOfConsent: 16,
    idleSeconds: 45,
    openingHours: { from: '09:00', to: '18:30' },
    surroundings: 'dark',
    receiptPaper: '58mm',
  },
};
const draft = draftOf(terms);

const withCompany = (part: Partial<Draft['controller']>): Draft => ({
  ...draft,
  controller: { ...draft.controller, ...part },
});
const withSettings = (part: Partial<Draft['settings']>): Draft => ({
  ...draft,
  settings: { ...draft.settings, ...part },
});
const wrongIn = (changed: Draft): Record<string, string> => {
  const checked = checkDraft(changed);
  return checked.ok ? {} : Object.fromEntries(checked.wrong);
};

describe('a draft', () => {
  it('that nobody touched is the terms that stand', () => {
    expect(checkDraft(draft)).toEqual({ ok: true, terms });
  });

  it('leaves out what was emptied, set back or removed', () => {
    const emptied = withSettings({ openingHours: null, surroundings: 'tablet', receiptPaper: 'none' });
    const checked = checkDraft({
      ...emptied,
      controller: { ...draft.controller, impactAssessmentUrl: ' ', processors: [] },
    });
    expect(checked.ok && checked.terms).toEqual({
      ...terms,
      controller: {
        ...party,
        regulator: terms.controller.regulator,
        retention: terms.controller.retention,
      },
      settings: { ageOfConsent: 16, idleSeconds: 45 },
    });
  });

  it('takes blanks off, and digits of any width', () => {
    const checked = checkDraft(
      withCompany({
        contact: '  ask@quay.example ',
        regulator: { name: 'Data Protection Commission', url: ' https://www.dataprotection.ie ' },
        retention: { linkDays: ' １４ ', receiptYears: '3' },
      }),
    );
    expect(checked.ok && checked.terms.controller).toMatchObject({
      contact: 'ask@quay.example',
      regulator: { url: 'https://www.dataprotection.ie' },
      retention: { linkDays: 14, receiptYears: 3 },
    });
  });

  it('gets one more company with a key that no other has', () => {
    const one = withNewParty(draft.controller.processors);
    const two = withNewParty(one);
    expect(two).toHaveLength(3);
    expect(new Set(two.map(({ key }) => key)).size).toBe(3);
    expect(withNewParty([])).toEqual([{ key: 0, name: '', address: '', contact: '' }]);
  });
});

describe('what is wrong with a draft', () => {
  it('is told by field, and each in our own words', () => {
    expect(wrongIn(withCompany({ name: ' ', address: 'x'.repeat(201), contact: 'a\u0000b' }))).toEqual({
      'controller.name': 'empty',
      'controller.address': 'too-long',
      'controller.contact': 'signs',
    });
  });

  it.each(['dataprotection.ie', 'javascript:alert(1)', 'https://'])('is the web address %s', (url) => {
    expect(
      wrongIn(withCompany({ regulator: { name: 'Commission', url }, impactAssessmentUrl: url })),
    ).toEqual({ 'controller.regulator.url': 'web-address', 'controller.impactAssessmentUrl': 'web-address' });
  });

  it('is that a regulator has no web address, while an assessment needs none', () => {
    const empty = withCompany({ regulator: { name: 'Commission', url: '' }, impactAssessmentUrl: '' });
    expect(wrongIn(empty)).toEqual({ 'controller.regulator.url': 'empty' });
  });

  it.each(['', '0', '366', '1.5', '-3', 'ten', '1e2'])('is a link that is kept for %j days', (linkDays) => {
    expect(wrongIn(withCompany({ retention: { linkDays, receiptYears: '3' } }))).toEqual({
      'controller.retention.linkDays': 'number',
    });
  });

  it('is an age, a wait and hours that no tablet would take', () => {
    const odd = withSettings({
      ageOfConsent: '22',
      idleSeconds: '4',
      openingHours: { from: '', to: '18:30' },
    });
    expect(wrongIn(odd)).toEqual({
      'settings.ageOfConsent': 'number',
      'settings.idleSeconds': 'number',
      'settings.openingHours.from': 'time',
    });
  });

  it('is that no language is left', () => {
    expect(wrongIn({ ...draft, shop: { ...draft.shop, languages: [] } })).toEqual({
      'shop.languages': 'language',
    });
  });

  it('is told of the company in the list that it is wrong with', () => {
    const parties = withNewParty(withCompany({}).controller.processors);
    expect(wrongIn(withCompany({ processors: parties }))).toEqual({
      'controller.processors.1.name': 'empty',
      'controller.processors.1.address': 'empty',
      'controller.processors.1.contact': 'empty',
    });
  });

  it('shows in terms that are older than the bounds', () => {
    const old = {
      ...terms,
      controller: { ...terms.controller, retention: { linkDays: 0, receiptYears: 99 } },
    };
    expect(wrongIn(draftOf(old))).toEqual({
      'controller.retention.linkDays': 'number',
      'controller.retention.receiptYears': 'number',
    });
  });
});
