import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Copies the portal to a temporary folder and builds it there. The copy lacks `nestjs-two-factor`, its adapters in
 * `src/two-factor` and its line in the list of installed modules. The argument is another root, for tests.
 */
const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
const list = 'src/portal/modules/installed-modules.ts';
const without = 'nestjs-two-factor';

const folder = mkdtempSync(join(tmpdir(), 'independent-'));
try {
  copyPortal();
  process.exitCode = compiles() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function copyPortal() {
  for (const name of ['src', 'ormconfig.ts', 'package.json', 'tsconfig.base.json', 'tsconfig.build.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  rmSync(join(folder, 'src/two-factor'), { recursive: true });
  const text = readFileSync(join(root, list), 'utf8')
    .replace(/^import .* from '[^']*\/two-factor\/[^']*';\n/m, '')
    .replace(/\[twoFactor\]/, '[]');
  writeFileSync(join(folder, list), text);
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== without && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
}

/** Types of the other packages come from their sources, so that nothing must be built before. */
function compiles() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--outDir', 'built', '--customConditions', 'source'];
  // the sources of workspaces lie outside of this folder
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, '--rootDir', '/'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status === 0) return true;
  const files = [...new Set([...stdout.matchAll(/^(src\/[^(]+|ormconfig\.ts)\(/gm)].map(([, file]) => file))];
  console.log(`The portal does not build without ${without}. It is needed by ${files.join(', ')}.`);
  console.log(stdout.trimEnd());
  return false;
}
