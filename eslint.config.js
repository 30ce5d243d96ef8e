import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { house } from './scripts/lint/house.mjs';

const doors = ['modules/two-factor/src/index.ts', 'modules/two-factor/src/testing/index.ts'].map(
  (door) => `${import.meta.dirname}/${door}`,
);
const specs = ['**/*.spec.ts', '**/*-spec.ts'];
const tests = ['test/**/*.ts', 'modules/two-factor/src/testing/**/*.ts', '**/*.fixture.ts', ...specs];

const machineTime = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes from the Clock.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes from the Clock.',
  },
];
const sleep = { selector: "CallExpression[callee.name='setTimeout']", message: 'No sleeps: move the clock.' };

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/dist.*/',
      '**/node_modules/',
      'data/',
      'coverage/',
      'reports/',
      '.stryker-tmp/',
      'assets/',
      'modules/*/assets/',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,

  // every file: the limits and the names
  {
    plugins: { house },
    rules: {
      'max-lines': ['error', 200],
      'max-depth': ['error', 3],
      complexity: ['error', 8],
      'house/function-lines': ['error', 40],
      'house/parameter-count': ['error', { max: 4, injected: 5 }],
      'house/file-name': 'error',
      'house/empty-words': 'error',
      // a named member must win over a copy
      'house/spread-first': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...machineTime],
    },
  },
  {
    files: [...specs, '**/*.fixture.ts'],
    rules: { 'max-lines': ['error', 300], 'no-restricted-syntax': ['error', ...machineTime, sleep] },
  },
  {
    // the clock files read the system clock, and so do the tools
    files: ['**/clock.ts', '**/*[.-]clock.ts', 'scripts/**', 'bench/**', 'test/tooling/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**', 'src/main.ts', 'src/start-report.ts', 'src/cli/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        module: 'writable',
        performance: 'readonly',
        fetch: 'readonly',
        process: 'readonly',
        require: 'readonly',
        URL: 'readonly',
      },
    },
  },

  // TypeScript, with types
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      // a row is created from an object literal of its columns
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `[...text]` splits a text into code points
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // numbers are safe in a text; objects are not
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return response.redirect(…)` and `() => list.push(x)` are readable
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // a mixin must repeat the type parameters of the method it overrides
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Express' types are extended by `declare global`
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      // any caught value may be thrown again
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: false },
      ],
      // a Nest module is a decorated class without members, and so is a form without fields
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      // ports return promises, and an adapter with nothing to wait for returns one too
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
      ],
    },
  },

  // the core uses only two decorators of Nest
  {
    files: ['modules/two-factor/src/core/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              allowImportNames: ['Injectable', 'Inject'],
              message: 'The core takes @Injectable and @Inject of Nest, nothing else.',
            },
          ],
        },
      ],
    },
  },
  { files: ['modules/two-factor/src/**/*.ts'], rules: { 'house/no-repeated-name': ['error', { doors }] } },
  // the host's table stores migrations by class name, so the names must be unique among all modules
  {
    files: ['modules/two-factor/src/storage/schema/migrations/**'],
    rules: { 'house/no-repeated-name': 'off' },
  },

  // tests: matchers are untyped, and a fixture may be known to exist
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
