import { describe, expect, it } from 'vitest';
import { playProgress } from './play-progress.ts';

function shown(isTTY: boolean): string[] {
  const written: string[] = [];
  let now = 0;
  const progress = playProgress({ isTTY, write: (text) => written.push(text) }, 1_000, () => now);
  for (let visits = 0; visits <= 1_000; visits += 25) {
    progress.show(visits);
    now += 250;
  }
  progress.end();
  return written;
}

describe('progress of a replay', () => {
  it('is a line for every tenth where nobody watches', () => {
    const lines = shown(false);
    expect(lines).toHaveLength(9);
    expect(lines[4]).toBe('50 %, 500 of 1000 visits, 100 a second, 0:05 to go\n');
  });

  it('is a bar on a terminal, and gone in the end', () => {
    const drawn = shown(true);
    expect(drawn.some((text) => text.includes('[###############...............] 50 %'))).toBe(true);
    expect(drawn.at(-1)).toBe('\r\u001b[2K');
  });
});
