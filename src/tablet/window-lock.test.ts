import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { holdWindowLock as HoldWindowLock } from './window-lock.ts';

type Take = (lock: object | null) => unknown;
let holdWindowLock: typeof HoldWindowLock;

beforeEach(async () => {
  vi.resetModules();
  ({ holdWindowLock } = await import('./window-lock.ts'));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser whose lock is asked for; each answer holds for one request. */
function browserThatAnswers(...answers: readonly ('free' | 'taken' | 'fails')[]) {
  let asked = 0;
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, __: object, take: Take) => {
        const answer = answers[asked++];
        if (answer === 'fails') throw new DOMException('No locks for this page.', 'SecurityError');
        void take(answer === 'free' ? {} : null);
      },
    },
  });
  return { asked: () => asked };
}

it('asks the browser for the lock once, and holds it from then on', async () => {
  const browser = browserThatAnswers('free');
  expect([await holdWindowLock(), await holdWindowLock()]).toEqual([true, true]);
  expect(browser.asked()).toBe(1);
});

it('asks anew where another window had it', async () => {
  browserThatAnswers('taken', 'free');
  expect([await holdWindowLock(), await holdWindowLock()]).toEqual([false, true]);
});

it('asks anew where the browser failed', async () => {
  browserThatAnswers('fails', 'free');
  await expect(holdWindowLock()).rejects.toThrow('No locks');
  expect(await holdWindowLock()).toBe(true);
});

it('asks anew where the browser had no locks', async () => {
  vi.stubGlobal('navigator', {});
  await expect(holdWindowLock()).rejects.toThrow();
  browserThatAnswers('free');
  expect(await holdWindowLock()).toBe(true);
});
