import { fileURLToPath } from 'node:url';

/**
 * Runs the tests of the rules from the one plain script that `scripts/mutation/bundle.mjs` builds: nothing has to be resolved
 * or transformed.
 */
export default {
  rootDir: fileURLToPath(new URL('dist.mutation', import.meta.url)),
  testMatch: ['<rootDir>/stories.cjs'],
  moduleFileExtensions: ['cjs', 'js', 'json', 'node'],
  transform: {},
  testEnvironment: fileURLToPath(new URL('scripts/mutation/until-noticed.cjs', import.meta.url)),
  // thirty times as long as the longest test; only a test that waits forever reaches it
  testTimeout: 10_000,
};
