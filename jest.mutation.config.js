import config from './jest.config.js';

const rooms = 'modules/two-factor/src';

/** The specs that are to notice a changed rule: those of the rules and of the kinds. Each fault loads them all, so no others. */
export default {
  ...config,
  testMatch: [`<rootDir>/${rooms}/{core,factors,skips}/**/*.spec.ts`],
  // a mutant may wait for ever: these stories are shorter than those over HTTP and databases
  testTimeout: 10_000,
};
