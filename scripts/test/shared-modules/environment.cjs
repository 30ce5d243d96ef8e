const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/**
 * Jest's environment without a sandbox: test files use the globals of their worker. What a file changes in them, and in the
 * libraries that stay loaded, is undone at its end.
 *
 * A worker exits as soon as its event loop is empty. Without `process.exit()` Node first frees the whole heap. With some
 * hundred megabytes on a busy machine that takes longer than half a second, and jest then says that a worker "has failed to
 * exit gracefully". A worker with an open timer or socket never reaches `beforeExit`, so jest still reports it.
 */
class SharedEnvironment {
  static isLeaving = false;

  global = globalThis;

  constructor({ projectConfig: config }) {
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
    this.undo = [ofProcess(), ofConsole()];
    if (SharedEnvironment.isLeaving || !process.send) return;
    SharedEnvironment.isLeaving = true;
    process.once('beforeExit', () => process.exit());
  }

  async setup() {
    this.undo.push(await ofLogger(), await ofPassport());
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const undo of this.undo) undo();
  }

  /** Only coverage asks for it. */
  getVmContext() {
    return null;
  }
}

/** Jest replaces `exit` for each file, and tests set variables. */
function ofProcess() {
  const { env, exit, exitCode } = process;
  const before = { ...env };
  return () => {
    process.env = env;
    for (const name of Object.keys(env)) if (!(name in before)) delete env[name];
    Object.assign(env, before);
    process.exit = exit;
    process.exitCode = exitCode;
  };
}

/** Jest gives each file a console of its own. */
function ofConsole() {
  const { console } = globalThis;
  return () => void (globalThis.console = console);
}

/** An application replaces Nest's logger for the whole process. */
async function ofLogger() {
  const { Logger } = await import('@nestjs/common');
  const before = { ...Logger };
  return () => Object.assign(Logger, before);
}

/** Applications register their strategies and serializers with the one passport of the process. */
async function ofPassport() {
  const { default: passport } = await import('passport');
  Object.assign(passport, new passport.Passport());
  return () => undefined;
}

module.exports = SharedEnvironment;
