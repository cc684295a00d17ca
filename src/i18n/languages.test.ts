import { expect, it } from 'vitest';
import { languageName } from './languages.ts';

it('names a language in its own words, with a large letter first', () => {
  expect(['en', 'fr', 'zh-Hans', 'ru'].map(languageName)).toEqual([
    'English',
    'Français',
    '简体中文',
    'Русский',
  ]);
});

it.each(['en-12', 'en-US-GB', 'x'])('shows the tag %s, of which Intl knows nothing, as it stands', (tag) => {
  expect(languageName(tag)).toBe(tag);
});
