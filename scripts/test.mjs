import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { duration } from './test/duration.mjs';
import { dropLeftDatabases } from './test/left-databases.mjs';
import { countResults, readReport } from './test/results.mjs';
import { absentServices, services } from './test/services.mjs';

/**
 * Runs jest with its progress, and then lists the services and the time: `npm test -- <path>` runs a part. With REQUIRE_ALL=1 an absent service
 * or a skipped test fails the run.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const reporters = ['--reporters=default', '--reporters=<rootDir>/scripts/test/progress.reporter.mjs'];

/** Stands in the names of this run's databases. */
const run = randomBytes(4).toString('hex');

function runJest(report) {
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/jest/bin/jest.js',
      ...reporters,
      '--json',
      `--outputFile=${report}`,
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      env: { ...process.env, TEST_RUN: run },
      // all text for people is on standard error; standard output would only name the report
      stdio: ['inherit', 'ignore', 'inherit'],
    },
  );
  return status === 0;
}

const began = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'client-area-tests-'));
try {
  const report = join(folder, 'results.json');
  const jestPassed = runJest(report);
  await dropLeftDatabases(run, process.env).catch(({ message }) => {
    console.error(`databases portal_${run}_* could not be dropped: ${message}`);
  });
  const results = countResults(readReport(report));
  const required = process.env.REQUIRE_ALL === '1';
  const lacking = required ? [...absentServices(process.env), ...results.skipped] : [];

  for (const line of services(process.env)) console.log(line);
  console.log(
    `${results.files} ${results.files === 1 ? 'file' : 'files'} in ${duration(Date.now() - began)}`,
  );
  for (const what of lacking) console.log(`required, but not run: ${what}`);
  console.log(`${results.passed} passed, ${results.failed + lacking.length} failed`);
  process.exitCode = jestPassed && results.failed + lacking.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
