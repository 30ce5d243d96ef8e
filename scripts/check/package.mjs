import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { targets } from '../build/target.mjs';
import { faults } from './package-contents.mjs';

/** Builds the packages and looks at what `npm publish` would send: whole, and nothing that is only for us. */
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
  return faults(paths, manifest).map((fault) => `${manifest.name}: ${fault}`);
}

const found = packages.flatMap(faultsOf);
found.forEach((fault) => console.log(fault));
process.exitCode = found.length > 0 ? 1 : 0;
