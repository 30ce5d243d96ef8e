import { fileURLToPath } from 'node:url';

/** The stories of the rules as `scripts/mutation/bundle.mjs` makes one plain script of them: nothing to resolve or to transform. */
export default {
  rootDir: fileURLToPath(new URL('dist.mutation', import.meta.url)),
  testMatch: ['<rootDir>/stories.cjs'],
  moduleFileExtensions: ['cjs', 'js', 'json', 'node'],
  transform: {},
  testEnvironment: fileURLToPath(new URL('scripts/mutation/until-noticed.cjs', import.meta.url)),
  // thirty times as long as the longest story takes: what fails by it waits for ever
  testTimeout: 10_000,
};
