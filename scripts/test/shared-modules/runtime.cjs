const { readFileSync } = require('node:fs');
const { register } = require('node:module');
const { pathToFileURL } = require('node:url');
const { default: JestRuntime } = require('jest-runtime');
const { sourceMapOf } = require('./compiled.cjs');
const running = require('./running.cjs');

let files = 0;

/**
 * Jest's runtime, but Node itself loads the modules, and a worker keeps them for its next test files. Jest's own loader
 * evaluates Nest, TypeORM and the portal again for each file, in a sandbox in which they also run slower.
 *
 * A test file has its own copies of all modules of `test` and of the fixtures. The sources and the libraries are shared. A test
 * file that depends on what a source remembers for the whole process ("warned once") says `@own-modules` in its first comment,
 * and gets copies of the sources, too.
 */
class SharedRuntime extends JestRuntime {
  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** Loads the test file. The address gets a query, which `hooks.mjs` passes on to the modules that are copied. */
  unstable_importModule(path) {
    if (files === 0) register(pathToFileURL(require.resolve('./hooks.mjs')));
    files += 1;
    const query = /^\/\*\* @own-modules\b/.test(readFileSync(path, 'utf8')) ? 'with-sources' : 'of';
    running.jest = this.jestGlobals.jestObjectFor(path);
    return import(`${pathToFileURL(path).href}?${query}=${files}`);
  }

  /** Loads jest's framework; the first time for a test file it is new, with an empty list of tests. */
  requireInternalModule(path, name) {
    if (name) return super.requireInternalModule(path, name);
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }

  /** By the addresses of a stack. Jest only asks for single ones. */
  getSourceMaps() {
    return { get: sourceMapOf, [Symbol.iterator]: () => [].values() };
  }
}

module.exports = { __esModule: true, default: SharedRuntime };
