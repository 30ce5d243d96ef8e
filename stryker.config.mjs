const rooms = 'modules/two-factor/src';

/**
 * `npm run test:mutation`: inserts one mutant at a time into the rules and the kinds, and counts the mutants that no test
 * kills.
 */
export default {
  mutate: [
    `${rooms}/{core,factors}/**/*.ts`,
    `!${rooms}/**/*.{spec,fixture,rules}.ts`,
    // only types and abstract members
    `!${rooms}/core/contracts/{ports,stores}/**`,
    // the catalogue: test/docs compares its sentences word by word with docs/events.md
    `!${rooms}/core/contracts/events.ts`,
  ],
  buildCommand: 'node scripts/mutation/bundle.mjs',
  testRunner: 'jest',
  // one script contains all tests, and the tests that reach a mutant are chosen by name
  jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/reports', '/dist', '/dist.*', '/data', '/docs', '/bench', '/src', '/test'],
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  concurrency: 2,
  // a slow test is no failure: only an endless one takes half a minute longer than without the mutant
  timeoutMS: 30_000,
  // loaded modules fill the memory with each run of jest in one process
  maxTestRunnerReuse: 12,
  tempDirName: '.stryker-tmp',
};
