/** Reads how many tests passed from the runners' own reports. A run that proves nothing counts as one failure, never as a pass. */

export const NOTHING_RAN = { passed: 0, failed: 1, skipped: 0 };

export function countVitest(report, exitCode) {
  if (report === null) return NOTHING_RAN;
  // A file that could not even be loaded has no tests to fail.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return believable(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

export function countPlaywright(report, exitCode) {
  if (report === null) return NOTHING_RAN;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return believable(exitCode, {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
  });
}

export function addUp(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

function believable(exitCode, counts) {
  const hasProvedNothing = counts.passed + counts.failed === 0;
  const hasCrashed = exitCode !== 0 && counts.failed === 0;
  return hasProvedNothing || hasCrashed ? { ...counts, failed: 1 } : counts;
}
