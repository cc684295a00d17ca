import { describe, expect, it } from 'vitest';
import { createTexts, type Texts, type Values } from './texts.ts';

const texts: Texts = {
  plain: 'Hello.',
  deep: { inside: 'In {{place}}, at {{ place }}.' },
  seen_zero: 'Nobody.',
  seen_one: '{{count}} person.',
  seen_few: '{{count}} few.',
  seen_many: '{{count}} many.',
  seen_other: '{{count}} people.',
  left_one: '{{count}} went.',
  left_other: '{{count}} went, all of them.',
};

const translate = (of: Texts, language: string, key: string, values: Values = {}): string =>
  createTexts().addResourceBundle(language, 'app', of).getFixedT(language, 'app')(key, { ...values });

describe('a text', () => {
  it('is found by its key, however deep it stands', () => {
    expect(translate(texts, 'en', 'plain')).toBe('Hello.');
    expect(translate(texts, 'en', 'deep.inside', { place: 'Cork' })).toBe('In Cork, at Cork.');
  });

  it('has the form that the language has for a number', () => {
    expect(translate(texts, 'en', 'seen', { count: 1 })).toBe('1 person.');
    expect(translate(texts, 'en', 'seen', { count: 3 })).toBe('3 people.');
    expect(translate(texts, 'ru', 'seen', { count: 3 })).toBe('3 few.');
    expect(translate(texts, 'ru', 'seen', { count: 5 })).toBe('5 many.');
  });

  it('may say something of its own about none at all, in any language', () => {
    expect(translate(texts, 'en', 'seen', { count: 0 })).toBe('Nobody.');
    expect(translate(texts, 'en', 'left', { count: 0 })).toBe('0 went, all of them.');
  });

  it('is one text where it has no forms', () => {
    expect(translate(texts, 'en', 'plain', { count: 2 })).toBe('Hello.');
  });

  it('holds numbers as the language writes them, and words as they are given', () => {
    expect(translate(texts, 'en', 'seen', { count: 1200 })).toBe('1,200 people.');
    expect(translate(texts, 'hi-u-nu-deva', 'seen', { count: 1200 })).toBe('१,२०० people.');
    expect(translate(texts, 'en', 'deep.inside', { place: '{{count}} $& 1' })).toBe(
      'In {{count}} $& 1, at {{count}} $& 1.',
    );
  });

  it('shows the key where there is no text: better than a screen that is gone', () => {
    expect(translate(texts, 'en', 'deep.nowhere.at.all')).toBe('deep.nowhere.at.all');
    expect(translate(texts, 'en', 'deep')).toBe('deep');
  });
});
