import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { targets } from '../build/target.mjs';
import { faults, mapFaults } from './package-contents.mjs';

/** Builds the packages and checks the files that `npm publish` would send: they must be complete and contain nothing internal. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = targets.filter(({ output }) => output.startsWith('modules/'));

await build(root, packages).catch((error) => {
  console.log(error.message);
  process.exit(1);
});

function faultsOf({ output }) {
  const cwd = join(root, dirname(output));
  const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const [{ files }] = JSON.parse(execFileSync('npm', options, { cwd }));
  const paths = files.map(({ path }) => path);
  const mapOf = (path) =>
    paths.includes(`${path}.map`) ? readFileSync(join(cwd, `${path}.map`), 'utf8') : undefined;
  const scripts = paths.filter((path) => /^dist\/.*\.js$/.test(path));
  const found = [...faults(paths, manifest), ...scripts.flatMap((path) => mapFaults(path, mapOf(path)))];
  return found.map((fault) => `${manifest.name}: ${fault}`);
}

const found = packages.flatMap(faultsOf);
found.forEach((fault) => console.log(fault));
process.exitCode = found.length > 0 ? 1 : 0;
