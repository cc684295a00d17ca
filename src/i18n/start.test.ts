import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeLanguage, currentLanguage } from './start.ts';

/** What the server gives next; null where it is out of reach. */
let answer: Promise<Response> | null;

beforeEach(() => {
  answer = Promise.resolve(Response.json({ title: 'AskFirst' }));
  vi.stubGlobal('document', { documentElement: {}, fonts: { load: async () => [] } });
  vi.stubGlobal('fetch', async () => {
    if (answer === null) throw new TypeError('Failed to fetch');
    return answer;
  });
});
afterEach(() => vi.unstubAllGlobals());

it('shows the language that was chosen last, also where the one before it comes later', async () => {
  await changeLanguage('receipt', 'en');
  const late = Promise.withResolvers<Response>();
  answer = late.promise;
  const before = changeLanguage('receipt', 'fr');
  await changeLanguage('receipt', 'en');
  late.resolve(Response.json({ title: 'AskFirst' }));
  expect(await before).toBe(false);
  expect(currentLanguage()).toBe('en');
  expect(await changeLanguage('receipt', 'fr')).toBe(true);
  expect(currentLanguage()).toBe('fr');
});

it.each([
  { where: 'out of reach', language: 'de', trouble: null },
  { where: 'in trouble', language: 'ko', trouble: new Response('', { status: 503 }) },
])(
  'stays as it is while the server is $where, and asks again for what is chosen again',
  async ({ language, trouble }) => {
    await changeLanguage('receipt', 'en');
    answer = trouble && Promise.resolve(trouble);
    await expect(changeLanguage('receipt', language)).rejects.toThrow();
    expect(currentLanguage()).toBe('en');
    answer = Promise.resolve(Response.json({ title: 'AskFirst' }));
    await changeLanguage('receipt', language);
    expect(currentLanguage()).toBe(language);
  },
);
