import { describe, expect, it } from 'vitest';
import { addressOf, formatDuration, languageNameIn } from './receipt-words.ts';

describe('a duration', () => {
  it.each([
    ['P30D', 'en', '30 days'],
    ['P1D', 'en', '1 day'],
    ['P3Y', 'en', '3 years'],
    ['P6M', 'en', '6 months'],
    ['P30D', 'zh-Hans', '30天'],
    ['P3Y', 'zh-Hans', '3年'],
  ])('%s reads in %s as %s', (duration, language, words) => {
    expect(formatDuration(duration, language)).toBe(words);
  });

  it.each(['PT20S', 'P1Y6M', 'P', ''])('%j, of another form, is shown as it stands', (duration) => {
    expect(formatDuration(duration, 'en')).toBe(duration);
  });
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
