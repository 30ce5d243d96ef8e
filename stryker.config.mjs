const rooms = 'modules/two-factor/src';

/** `npm run test:mutation`: plants a fault at a time in the rules and the kinds, and counts what no test notices. */
export default {
  mutate: [
    `${rooms}/{core,factors}/**/*.ts`,
    `!${rooms}/**/*.{spec,fixture,rules}.ts`,
    // types and abstract members alone
    `!${rooms}/core/{ports,stores}/**`,
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutation.config.js' },
  coverageAnalysis: 'perTest',
  // what is evaluated once at import would need every spec for each of its mutants
  ignoreStatic: true,
  ignorePatterns: ['/reports', '/dist', '/dist.*', '/data', '/docs', '/bench', '/src', '/test'],
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['json', 'clear-text'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: false, allowEmojis: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  concurrency: 2,
  // a memory of modules grows with each run of jest in one process
  maxTestRunnerReuse: 100,
  tempDirName: '.stryker-tmp',
};
