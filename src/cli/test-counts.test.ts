import { describe, expect, it } from 'vitest';
import { addUp, countPlaywright, countVitest, NOTHING_RAN } from './test-counts.mjs';

const file = { status: 'passed', assertionResults: [{}] };
const unit = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [file],
};
const endToEnd = { stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe('the count of tests', () => {
  it('adds up both sides', () => {
    expect(addUp([countVitest(unit, 0), countPlaywright(endToEnd, 0)])).toEqual({
      passed: 5,
      failed: 0,
      skipped: 1,
    });
  });

  it('has a failure where a runner left no report', () => {
    expect(countVitest(null, 1)).toEqual(NOTHING_RAN);
    expect(countPlaywright(null, 0)).toEqual(NOTHING_RAN);
  });

  it('has a failure where a runner crashed after its last test', () => {
    expect(countVitest(unit, 1).failed).toBe(1);
    expect(countPlaywright(endToEnd, 1).failed).toBe(1);
  });

  it('has a failure where no test ran', () => {
    expect(countVitest({ ...unit, numPassedTests: 0 }, 0).failed).toBe(1);
    expect(countPlaywright({ ...endToEnd, stats: { ...endToEnd.stats, expected: 0 } }, 0).failed).toBe(1);
  });

  it('has a failure for a file that could not be loaded', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(countVitest({ ...unit, testResults: [file, broken] }, 1).failed).toBe(1);
  });

  it('has a failure for a test that passed only at the second try', () => {
    const stats = { ...endToEnd.stats, flaky: 1 };
    expect(countPlaywright({ ...endToEnd, stats }, 0).failed).toBe(1);
  });
});
