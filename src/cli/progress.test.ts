import { describe, expect, it } from 'vitest';
import { progressOn } from './progress.ts';

function outputOf(isTTY: boolean, whole: number, steps: readonly number[]): string[] {
  const written: string[] = [];
  const progress = progressOn({ isTTY, write: (text) => written.push(text) }, whole);
  for (const done of steps) progress.show(done);
  progress.end();
  return written;
}

describe('progress', () => {
  it('is a bar on a terminal, and is gone at the end', () => {
    const written = outputOf(true, 1_000, [500, 501, 1_000]);
    expect(written).toHaveLength(3);
    expect(written[0]).toContain('50 %');
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  it('is a few lines elsewhere', () => {
    const steps = Array.from({ length: 1_001 }, (_, done) => done);
    expect(outputOf(false, 1_000, steps)).toEqual(['25 % checked\n', '50 % checked\n', '75 % checked\n']);
  });

  it('survives an empty file', () => {
    expect(outputOf(false, 0, [0])).toEqual([]);
  });
});
