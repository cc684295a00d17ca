import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nearestLanguage } from './nearest-language.ts';

const OFFERED = ['de', 'en', 'pt', 'zh-Hans', 'zh-Hant'];

describe('the nearest language', () => {
  it.each([
    [['zh-Hant'], 'zh-Hant'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-SG', 'de'], 'zh-Hans'],
    [['pt-BR'], 'pt'],
    [['xx', 'en-IE'], 'en'],
    [['xx'], 'de'],
    [[], 'de'],
  ])('of %s is %s', (wanted, nearest) => {
    expect(nearestLanguage(wanted, OFFERED)).toBe(nearest);
  });

  it('is English where nothing is offered', () => {
    expect(nearestLanguage(['de'], [])).toBe('en');
  });

  it('is found with each tag looked up once, whoever wants however many', () => {
    const lookUp = vi.spyOn(Intl.Locale.prototype, 'maximize');
    onTestFinished(() => lookUp.mockRestore());
    const wanted = Array.from({ length: 100 }, () => 'xx');
    nearestLanguage(wanted, OFFERED);
    expect(lookUp.mock.calls.length).toBeLessThanOrEqual(wanted.length + OFFERED.length);
  });
});
