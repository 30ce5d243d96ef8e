const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest's environment for Node. Its worker exits as soon as its event loop is empty.
 *
 * Without `process.exit()` Node first frees the whole heap. With some hundred megabytes on a busy machine that takes
 * longer than half a second, and jest then says that a worker "has failed to exit gracefully". `process.exit()` leaves
 * the memory to the operating system. A worker with an open timer or socket never reaches `beforeExit`, so jest still
 * reports it.
 */
class LeavingEnvironment extends TestEnvironment {
  static isRegistered = false;

  constructor(config, context) {
    super(config, context);
    if (LeavingEnvironment.isRegistered || !process.send) return;
    LeavingEnvironment.isRegistered = true;
    process.once('beforeExit', () => process.exit());
  }
}

module.exports = LeavingEnvironment;
