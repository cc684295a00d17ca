import { describe, expect, it } from 'vitest';
import { readerFor } from './reader.ts';

const languageOf = async (acceptLanguage: string) =>
  (await readerFor({ headers: { 'accept-language': acceptLanguage } })).language;

describe('the language of whoever reads a page', () => {
  it('is the first of theirs that we have', async () => {
    expect(await languageOf('nn-NO, pt-BR;q=0.9, de;q=0.8')).toBe('pt');
  });

  it('is English where they say none, or none that we have', async () => {
    expect((await readerFor({ headers: {} })).language).toBe('en');
    expect(await languageOf('xx, <script>, *')).toBe('en');
  });

  it('is looked for among the first ten that they name, however many a stranger sends', async () => {
    const unknown = (count: number) => Array.from({ length: count }, () => 'xx').join(',');
    expect(await languageOf(`${unknown(9)},de`)).toBe('de');
    expect(await languageOf(`${unknown(10)},de`)).toBe('en');
  });

  it('is never looked for in a tag that is longer than any real one', async () => {
    expect(
      await languageOf(`de-x-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-${'d'.repeat(8)},fr`),
    ).toBe('fr');
  });
});
