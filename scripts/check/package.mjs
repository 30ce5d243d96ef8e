import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { targets } from '../build/target.mjs';
import { faults } from './package-contents.mjs';

/** Builds the package and checks the files that `npm publish` would send: they must be complete and contain nothing internal. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const cwd = `${root}modules/two-factor`;
const manifest = JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8'));

const [thePackage] = targets;
await build(root, [thePackage]).catch((error) => {
  console.log(error.message);
  process.exit(1);
});
const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], {
  cwd,
});
const [{ files }] = JSON.parse(packed);
const found = faults(
  files.map(({ path }) => path),
  manifest,
);
found.forEach((fault) => console.log(fault));
process.exitCode = found.length > 0 ? 1 : 0;
