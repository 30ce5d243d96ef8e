import { existsSync, readFileSync } from 'node:fs';

/**
 * Counts the results of jest's report. A file that could not be loaded is one failure. A run without a report or with an empty
 * one is a failure too: neither may look like success.
 */
export function countResults(report) {
  if (!report) return { files: 0, passed: 0, failed: 1, skipped: [] };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    files: report.testResults.length,
    passed: report.numPassedTests,
    failed: report.numPassedTests + failed === 0 ? 1 : failed,
    skipped: skipped.map(({ fullName }) => fullName),
  };
}

/** The report of jest; null when there is none. */
export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
