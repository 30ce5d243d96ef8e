import config from './jest.config.js';

const rooms = 'modules/two-factor/src';

/** The specs that can notice a changed rule: those of the rules, and of what is built on them without a database. */
export default {
  ...config,
  testMatch: [`<rootDir>/${rooms}/{core,factors,http,testing}/**/*.spec.ts`, `<rootDir>/${rooms}/*.spec.ts`],
  // a mutant may wait for ever: these stories are shorter than those over HTTP and databases
  testTimeout: 10_000,
};
