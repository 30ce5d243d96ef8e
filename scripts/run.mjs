import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';

/**
 * Builds outdated targets, then runs the program named by the first argument (`main`, `cli/main`). It runs in this process, so
 * that signals reach it and standard output belongs to it.
 */
const [name, ...rest] = process.argv.slice(2);
const program = join(fileURLToPath(new URL('..', import.meta.url)), 'dist/src', `${name}.js`);

try {
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.argv = [process.argv[0], program, ...rest];
await import(pathToFileURL(program).href);
