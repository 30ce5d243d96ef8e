const rooms = 'modules/two-factor/src';

/** `npm run test:mutation`: plants a fault at a time in the rules and the kinds, and counts what no test notices. */
export default {
  mutate: [
    `${rooms}/{core,factors}/**/*.ts`,
    `!${rooms}/**/*.{spec,fixture,rules}.ts`,
    // types and abstract members alone
    `!${rooms}/core/contracts/{ports,stores}/**`,
    // the catalogue: its sentences are compared word by word with docs/events.md by test/docs
    `!${rooms}/core/contracts/events.ts`,
  ],
  buildCommand: 'node scripts/mutation/bundle.mjs',
  testRunner: 'jest',
  // one script holds all stories, and the names of those that come across a fault choose among them
  jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/reports', '/dist', '/dist.*', '/data', '/docs', '/bench', '/src', '/test'],
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  concurrency: 2,
  // slow is not noticed: only what never ends takes half a minute longer than it did without the fault
  timeoutMS: 30_000,
  // a memory of modules grows with each run of jest in one process
  maxTestRunnerReuse: 12,
  tempDirName: '.stryker-tmp',
};
