import { describe, expect, it } from 'vitest';
import { formatDuration } from './duration.ts';

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
