import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Takes a screenshot of every page, at desktop and phone width, into docs/screenshots/. It visits the same pages as `npm test`,
 * at the same fixed time. Needs a Chromium: TEST_CHROMIUM names one, else Debian's is used.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/screenshots');
const walks = [
  'pages',
  'passkey-pages',
  'mailed-codes',
  'mails',
  'security-cards',
  'rooms',
  'staff',
  'themes',
  'languages',
].map((name) => `test/browser/${name}.browser-spec.ts`);
const chromium = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';

if (!existsSync(chromium)) {
  console.error(`There is no Chromium at ${chromium}: set TEST_CHROMIUM to one.`);
  process.exit(1);
}
removePictures();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--runTestsByPath', ...walks],
  {
    cwd: root,
    env: {
      ...process.env,
      TEST_CHROMIUM: chromium,
      SCREENSHOTS: folder,
    },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;

/** Removed pages must not keep a picture. */
function removePictures() {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file));
}
