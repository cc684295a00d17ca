import { describe, expect, it } from 'vitest';
import { takeToken } from './take-token.ts';

function addressBar(path: string) {
  const url = new URL(path, 'https://askfirst.example');
  const history = {
    replaceState: (_data: unknown, _unused: string, next?: string | URL | null) => {
      url.href = new URL(String(next), url).href;
    },
  };
  return { url, history };
}

describe('the token of a sign-in link', () => {
  it('is taken out of the address bar', () => {
    const { url, history } = addressBar('/staff?shop=a#abc');
    expect(takeToken(url, history)).toBe('abc');
    expect(url.href).toBe('https://askfirst.example/staff?shop=a');
    expect(takeToken(url, history)).toBeNull();
  });

  it('is none where the address has no fragment', () => {
    const { url, history } = addressBar('/staff');
    expect(takeToken(url, history)).toBeNull();
    expect(url.href).toBe('https://askfirst.example/staff');
  });
});
