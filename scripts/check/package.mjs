import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { targets } from '../build/target.mjs';
import { faults, packages } from './package-contents.mjs';

/** Builds the packages and looks at what `npm publish` would send: whole, and nothing that is only for this repository. */
const root = fileURLToPath(new URL('../..', import.meta.url));

await build(root, targets.slice(0, -1)).catch((error) => {
  console.log(error.message);
  process.exit(1);
});
for (const { folder, mustHold } of packages) {
  const cwd = `${root}${folder}`;
  const manifest = JSON.parse(readFileSync(`${cwd}/package.json`, 'utf8'));
  const packed = execFileSync(
    'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'],
    { cwd },
  );
  const [{ files }] = JSON.parse(packed);
  const found = faults(
    files.map(({ path }) => path),
    manifest,
    mustHold,
  );
  found.forEach((fault) => console.log(`${manifest.name}: ${fault}`));
  if (found.length > 0) process.exitCode = 1;
}
