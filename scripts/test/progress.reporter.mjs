import { duration } from './duration.mjs';

/** Shortest pause between two lines, in milliseconds: a log of hundreds of files stays readable. */
const pause = 10_000;

/** Writes to standard error how many files are run, and how far the run is. Jest's own reporter names each file. */
export default class ProgressReporter {
  onRunStart({ numTotalTestSuites: total }) {
    this.began = this.told = Date.now();
    this.total = total;
    process.stderr.write(`${total} test ${total === 1 ? 'file' : 'files'} to run\n`);
  }

  onTestResult(_test, _result, { numPassedTestSuites, numFailedTestSuites, numPendingTestSuites }) {
    const done = numPassedTestSuites + numFailedTestSuites + numPendingTestSuites;
    if (done < this.total && Date.now() - this.told < pause) return;
    this.told = Date.now();
    const failed = numFailedTestSuites > 0 ? `, ${numFailedTestSuites} failed` : '';
    process.stderr.write(
      `${done}/${this.total} files done after ${duration(Date.now() - this.began)}${failed}\n`,
    );
  }
}
