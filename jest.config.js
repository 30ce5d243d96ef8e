import { availableParallelism } from 'node:os';

/** Tests run as ES modules, directly from TypeScript; the workspace packages are loaded from their sources. See the runtime. */
export default {
  testEnvironment: '<rootDir>/scripts/test/shared-modules/environment.cjs',
  runtime: '<rootDir>/scripts/test/shared-modules/runtime.cjs',
  testSequencer: '<rootDir>/scripts/test/longest-first.cjs',
  testMatch: [
    '<rootDir>/src/**/*.spec.ts',
    '<rootDir>/modules/*/src/**/*.spec.ts',
    '<rootDir>/test/**/*-spec.ts',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/modules/.*/dist', '<rootDir>/[.]stryker-tmp'],
  // password hashing and databases keep a core busy by themselves: more workers only make tests wait for each other
  // modules of ended suites stay in a worker's memory, which collecting garbage then has to walk through
  workerIdleMemoryLimit: '1500MB',
  maxWorkers: Math.min(4, availableParallelism() + 1),
  // tests over real HTTP and three databases; a test that hangs is still found
  testTimeout: 30_000,
  // Node's own hooks compile TypeScript
  transform: {},
};
