import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = 'modules/two-factor/src';

/**
 * The specs that are to notice a changed rule: those of the rules, of the kinds and of the skip rules. `templates.spec.ts`
 * is not among them: it reads pages, no code.
 */
function specs() {
  return ['core', 'factors', 'skips']
    .flatMap((room) =>
      readdirSync(`${root}/${rooms}/${room}`, { recursive: true }).map((file) => `${rooms}/${room}/${file}`),
    )
    .filter((file) => file.endsWith('.spec.ts') && !file.endsWith('/templates.spec.ts'))
    .toSorted((one, other) => Number(hashes(one)) - Number(hashes(other)) || one.localeCompare(other));
}

/** Hashing takes as long as all the rest: faults that others notice need not wait for it. */
function hashes(file) {
  return file.includes('/backup-codes/');
}

/**
 * Each spec is a story of its own. Random stories are the same for each fault, so that a run can be repeated, and are not
 * told shorter once they found it.
 */
const stories = [
  `import fc from 'fast-check'; fc.configureGlobal({ seed: 1, endOnFailure: true });`,
  ...specs().map((file) => `describe('${file.slice(rooms.length + 1)}', () => void require('./${file}'));`),
];

/**
 * Makes one plain script of all specs and whatever they import, libraries too: it is read in a moment, where the modules
 * took seconds for each fault. Stryker runs this in its copy of the sources, after it planted the faults.
 */
await build({
  stdin: { contents: stories.join('\n'), resolveDir: root, sourcefile: 'stories.js' },
  outfile: `${root}/dist.mutation/stories.cjs`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['@jest/globals'],
  logLevel: 'warning',
});
