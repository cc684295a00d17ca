import { describe, expect, it } from 'vitest';
import { regional } from './wording.ts';

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
