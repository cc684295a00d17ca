import { afterEach, expect, it, vi } from 'vitest';
import { changeLanguage, currentLanguage } from './start.ts';

afterEach(() => vi.unstubAllGlobals());

it('shows the language that was chosen last, also where the one before it takes longer to come', async () => {
  vi.stubGlobal('document', { documentElement: {}, fonts: { load: async () => [] } });
  await changeLanguage('receipt', 'en');
  await Promise.all([changeLanguage('receipt', 'fr'), changeLanguage('receipt', 'en')]);
  expect(currentLanguage()).toBe('en');
  await changeLanguage('receipt', 'fr');
  expect(currentLanguage()).toBe('fr');
});
