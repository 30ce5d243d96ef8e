import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = 'modules/two-factor/src';

/**
 * The specs that must detect a changed rule: those of the rules, of the kinds and of the skip rules. `templates.spec.ts` is
 * excluded, because it tests templates and no code.
 */
function specs() {
  return ['core', 'factors', 'skips']
    .flatMap((room) =>
      readdirSync(`${root}/${rooms}/${room}`, { recursive: true }).map((file) => `${rooms}/${room}/${file}`),
    )
    .filter((file) => file.endsWith('.spec.ts') && !file.endsWith('/templates.spec.ts'))
    .toSorted((one, other) => Number(hashes(one)) - Number(hashes(other)) || one.localeCompare(other));
}

/** Hashing takes as long as all other tests together, so it comes last: mutants that another test kills need not wait for it. */
function hashes(file) {
  return file.includes('/backup-codes/');
}

/**
 * Each spec is one test. Random tests use the same seed for each mutant, so that a run can be repeated, and they do not shrink
 * their counterexamples.
 */
const stories = [
  `import fc from 'fast-check'; fc.configureGlobal({ seed: 1, endOnFailure: true });`,
  ...specs().map((file) => `describe('${file.slice(rooms.length + 1)}', () => void require('./${file}'));`),
];

/** esbuild writes no types of constructor parameters, which the test host reads to create its services; SWC does. */
const withTypes = {
  name: 'types of constructor parameters',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]modules[\\/].*\.ts$/ }, async ({ path }) => {
      const { code } = await transformFile(path, {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/**
 * Bundles all specs and their imports, libraries included, into one plain script. It loads at once, while the modules took
 * seconds for each mutant. Stryker runs this in its copy of the sources, after inserting the mutants.
 */
await build({
  stdin: { contents: stories.join('\n'), resolveDir: root, sourcefile: 'stories.js' },
  outfile: `${root}/dist.mutation/stories.cjs`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['@jest/globals'],
  conditions: ['source'],
  plugins: [withTypes],
  logLevel: 'warning',
});
