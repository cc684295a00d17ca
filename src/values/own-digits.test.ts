import { describe, expect, it } from 'vitest';
import { formatUnit, withOwnDigits } from './own-digits.ts';

describe('the digits of a language', () => {
  it('are its own in Arabic', () => {
    expect(new Intl.NumberFormat(withOwnDigits('ar')).format(30)).toBe('٣٠');
  });

  it.each(['en', 'hi', 'zh-Hans', 'ar-MA'])('are what Intl says in %s', (language) => {
    expect(withOwnDigits(language)).toBe(language);
  });
});

describe('a number with its unit', () => {
  it.each([
    [30, 'day', 'en', '30 days'],
    [1, 'day', 'en', '1 day'],
    [21, 'day', 'ru', '21 день'],
    [3, 'year', 'ru', '3 года'],
    [3, 'year', 'ar', '٣ سنوات'],
    [30, 'day', 'de', '30 Tage'],
  ] as const)('%i %s in %s is %s', (value, unit, language, words) => {
    expect(formatUnit(value, unit, language)).toBe(words);
  });
});
