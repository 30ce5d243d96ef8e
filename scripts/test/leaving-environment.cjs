const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest's environment for Node, whose worker exits as soon as nothing is open any more.
 *
 * An event loop that ends by itself makes Node free the whole heap first. That takes longer than the half second jest
 * waits where the heap has some hundred megabytes and the machine is busy; jest then says that a worker "has failed to
 * exit gracefully". `process.exit()` leaves the memory to the operating system. A worker with an open timer or socket
 * never comes to `beforeExit`, so jest still reports it.
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
