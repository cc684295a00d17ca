import { describe, expect, it } from 'vitest';
import { formatDuration, languageNameIn, regional } from './wording.ts';

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

describe("a phone's own kind of a language", () => {
  it.each([
    ['en', ['zh-CN', 'en-IE', 'en-US'], 'en-IE'],
    ['zh-Hans', ['en', 'zh-CN'], 'zh-CN'],
    ['zh-Hans', ['zh-TW', 'en'], 'zh-Hans'],
    ['en', [], 'en'],
  ])('%s on a phone that speaks %j is %s', (language, wanted, own) => {
    expect(regional(language, wanted)).toBe(own);
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
