import { describe, expect, it } from 'vitest';
import { readReplayOptions } from './options.ts';

const reasonOf = (...args: readonly string[]) => {
  const read = readReplayOptions(args);
  return read.ok ? 'taken' : read.reason;
};

describe('the words of npm run replay', () => {
  it('ask for the reference workload where they say nothing else', () => {
    expect(readReplayOptions(['--export', 'out'])).toEqual({
      ok: true,
      options: {
        visits: 431_623,
        kiosks: 22,
        shops: 7,
        days: 181,
        seed: 1,
        exportDir: 'out',
        url: null,
        codes: null,
      },
    });
  });

  it('may name a running server, which knows its shops itself', () => {
    const args = ['--export', 'out', '--kiosks', '2', '--url', 'http://localhost:8080/', '--codes', 'A, B'];
    expect(readReplayOptions(args)).toMatchObject({
      ok: true,
      options: { shops: null, url: 'http://localhost:8080', codes: ['A', 'B'] },
    });
  });

  it.each([
    ['Say where the ledgers go: --export DIR.', []],
    ['--visits must be a whole number from 1 to 10000000, not "many".', ['--visits', 'many']],
    ['--visits must be a whole number from 1 to 10000000, not "0".', ['--visits', '0']],
    ['--days must be a whole number from 1 to 3660, not "1.5".', ['--days', '1.5']],
    ['7 shops need at least as many kiosks, not 3.', ['--export', 'out', '--kiosks', '3']],
    [
      '--url must be an address such as http://localhost:8080, not "here".',
      ['--export', 'o', '--url', 'here'],
    ],
    ['--codes belongs to --url: a server of our own needs none.', ['--export', 'out', '--codes', 'A']],
    [
      '--codes must name one pairing code for each of the 22 kiosks, parted by commas.',
      ['--export', 'out', '--url', 'http://localhost:8080', '--codes', 'A'],
    ],
    ["Unknown option '--speed'.", ['--export', 'out', '--speed']],
  ])('are refused with one sentence: %s', (sentence, args) => {
    expect(reasonOf(...args).split('\n')[0]).toBe(sentence);
  });
});
