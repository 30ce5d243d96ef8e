const { TestEnvironment } = require('jest-environment-node');

/** One failing test is enough to kill a mutant, so the tests after the first failure are skipped. */
module.exports = class UntilNoticed extends TestEnvironment {
  noticed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.noticed = true;
    if (name === 'test_start' && this.noticed) test.mode = 'skip';
  }
};
