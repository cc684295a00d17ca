import { describe, expect, it } from 'vitest';
import { isolated } from './isolated.ts';

describe('a name that a file brings with it', () => {
  it('stands in its own direction, which nothing in it ends', () => {
    expect(isolated('متجر الميناء')).toBe('\u2068متجر الميناء\u2069');
    expect(isolated('Harbour\u2069\u202e Street')).toBe('\u2068Harbour\\u{2069}\\u{202e} Street\u2069');
  });
});
