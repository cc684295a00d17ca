import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { OpenFault } from '#tablet';
import { MINUTE_MS, SECOND_MS } from '#values';
import { type Opening, openingTurns } from './opening.ts';
import { takeTurns } from './try-in-turn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A tablet that is opened with this code and cannot be, for these reasons and then for the last one of them. Gives the codes that were tried. */
async function tried(typed: string | null, ...reasons: OpenFault[]) {
  const codes: (string | null)[] = [];
  const heard: Opening[] = [];
  const open = async (code: string | null): Promise<Opening> => {
    const reason = reasons[codes.length] ?? reasons.at(-1) ?? 'code-needed';
    codes.push(code);
    return { state: 'failed', reason, triedCode: code !== null };
  };
  onTestFinished(
    takeTurns<Opening>()({
      ...openingTurns(typed, open),
      onResult: (opening) => heard.push(opening),
    }),
  );
  await vi.advanceTimersByTimeAsync(0);
  return { codes, heard };
}

describe('a tablet that waits for a code', () => {
  it('asks again without one every ten minutes, after the one that was typed proved wrong as well', async () => {
    const { codes, heard } = await tried('MISTYPED', 'code-needed');
    expect(heard).toMatchObject([{ reason: 'code-needed', triedCode: true }]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS - 1);
    expect(codes).toEqual(['MISTYPED']);
    await vi.advanceTimersByTimeAsync(1 + 10 * MINUTE_MS);
    expect(codes).toEqual(['MISTYPED', null, null]);
  });

  it('tries the one that was typed every ten seconds until the server has looked at it', async () => {
    const { codes } = await tried('TYPED', 'server-unreachable', 'server-unreachable', 'code-needed');
    await vi.advanceTimersByTimeAsync(20 * SECOND_MS);
    expect(codes).toEqual(['TYPED', 'TYPED', 'TYPED']);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(codes.at(-1)).toBeNull();
  });
});
