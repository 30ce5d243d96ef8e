import { createRequire } from 'node:module';
import { projectRoot } from './planted-tree.js';

const room = 'modules/two-factor/src';
const unitOfWork = 'modules/typeorm-unit-of-work/src';

/** The order of the folders in each layered room. */
const layers = Object.entries(
  createRequire(import.meta.url)(`${projectRoot}scripts/walls/layers.json`) as Record<string, string[]>,
);

/**
 * One import against the order for each folder: of the next folder, or for the last one of a file in the top-level
 * folder itself.
 */
const layerPlants = layers.flatMap(([place, folders]) =>
  folders.map((folder, i) => [
    `layers: ${place}/${folder}`,
    [`${place}/${folder}/against-the-order.ts`, `import '../${folders[i + 1] ?? '.'}/planted.js';`] as const,
  ]),
);

const unplacedFolders = layers.map(([place]) => [
  `layers: folders of ${place}`,
  [`${place}/imports-an-unplaced-folder.ts`, `import './unplaced/planted.js';`] as const,
]);

const layerProps = layers.flatMap(([place, folders]) =>
  ['.', 'unplaced', ...folders].map((folder) => [`${place}/${folder}/planted.ts`, '']),
);

/** An empty tree for the rules: the package, its host and their allowed libraries. */
export const testEnvironment: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'client-area',
    type: 'module',
    workspaces: ['modules/*'],
    dependencies: {
      typeorm: '*',
      otplib: '*',
      '@nestjs/common': '*',
      'nestjs-two-factor': '*',
      'typeorm-unit-of-work': '*',
    },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', customConditions: ['source'] },
  }),
  'node_modules/typeorm/package.json': '{ "name": "typeorm", "main": "main.js" }',
  'node_modules/typeorm/main.js': '',
  'node_modules/typeorm/driver/postgres/PostgresDriver.js': '',
  'node_modules/otplib/package.json': '{ "name": "otplib", "main": "main.js" }',
  'node_modules/otplib/main.js': '',
  'node_modules/@nestjs/common/package.json': '{ "name": "@nestjs/common", "main": "main.js" }',
  'node_modules/@nestjs/common/main.js': '',
  'modules/two-factor/package.json': JSON.stringify({
    name: 'nestjs-two-factor',
    type: 'module',
    exports: {
      '.': { source: './src/index.ts' },
      './testing': { source: './src/testing/index.ts' },
      './package.json': './package.json',
    },
  }),
  'modules/typeorm-unit-of-work/package.json': JSON.stringify({
    name: 'typeorm-unit-of-work',
    type: 'module',
    exports: { '.': { source: './src/index.ts' }, './outbox': { source: './src/outbox/index.ts' } },
  }),
  [`${unitOfWork}/index.ts`]: `export * from './transactions/transaction.js';`,
  [`${unitOfWork}/transactions/transaction.ts`]: `import 'typeorm';`,
  [`${unitOfWork}/outbox/index.ts`]: '',
  [`${room}/index.ts`]: `export * from './two-factor.module.js';`,
  [`${room}/two-factor.module.ts`]: `import './core/rule.js'; import './storage/rows.js'; import './http/page.js';`,
  [`${room}/core/rule.ts`]: `import '@nestjs/common'; import 'node:crypto'; import 'typeorm-unit-of-work/outbox';`,
  [`${room}/core/rule.spec.ts`]: `import './rule.js'; import '../testing/index.js';`,
  [`${room}/storage/rows.ts`]: `import 'typeorm'; import 'typeorm-unit-of-work'; import '../core/rule.js';`,
  [`${room}/http/page.ts`]: `import '../core/rule.js';`,
  [`${room}/factors/totp/totp.factor.ts`]: `import '../../core/rule.js'; import './totp.options.js';`,
  [`${room}/factors/totp/totp.options.ts`]: `import 'otplib';`,
  [`${room}/testing/index.ts`]: `export * from './stores.js';`,
  [`${room}/testing/stores.ts`]: `import '../core/rule.js';`,
  'src/main.ts': `import './two-factor/adapters.js'; import './auth/login.js';`,
  'src/auth/login.ts': '',
  'src/two-factor/adapters.ts': `import 'nestjs-two-factor';`,
  'test/login.e2e-spec.ts': `import 'nestjs-two-factor/testing'; import '../src/auth/login.js';`,
};

/** One violation of each rule: the rule's name → [its file, its text]. */
export const plants: Readonly<Record<string, readonly [file: string, text: string]>> = {
  ...(Object.fromEntries(layerPlants) as Record<string, readonly [string, string]>),
  ...(Object.fromEntries(unplacedFolders) as Record<string, readonly [string, string]>),
  'core-knows-no-room': [`${room}/core/names-a-kind.ts`, `import '../factors/totp/totp.factor.js';`],
  'core-knows-no-library': [`${room}/core/asks-a-table.ts`, `import type { DataSource } from 'typeorm';`],
  'core-takes-only-the-outbox': [`${room}/core/runs-a-statement.ts`, `import 'typeorm-unit-of-work';`],
  'outbox-imports-nothing': [`${unitOfWork}/outbox/asks-a-table.ts`, `import 'typeorm';`],
  'factor-knows-no-other-room': [`${room}/factors/sibling/sibling.ts`, `import '../totp/totp.options.js';`],
  'factor-knows-no-framework': [`${room}/factors/sibling/injected.ts`, `import '@nestjs/common';`],
  'authenticator-libraries-stay-in-totp': [`${room}/factors/sibling/codes.ts`, `import 'otplib';`],
  'passkey-library-stays-in-webauthn': [
    `${room}/factors/sibling/keys.ts`,
    `import '@simplewebauthn/server';`,
  ],
  'passport-stays-behind-its-door': [`${room}/http/gate/by-passport.ts`, `import 'passport';`],
  'emitter-stays-behind-its-door': [`${room}/http/gate/by-emitter.ts`, `import '@nestjs/event-emitter';`],
  'composition-takes-no-optional-door': [
    `${room}/two-factor.setup.ts`,
    `import './http/passport/planted.js';`,
  ],
  'storage-knows-only-core': [`${room}/storage/draws-a-page.ts`, `import '../http/page.js';`],
  'http-knows-only-core': [`${room}/http/asks-a-row.ts`, `import '../storage/rows.js';`],
  'test-kit-knows-only-core': [`${room}/testing/real-rows.ts`, `import '../storage/rows.js';`],
  'other-rooms-know-only-core': [`${room}/cellar/shortcut.ts`, `import '../storage/rows.js';`],
  'composition-is-not-imported': [`${room}/http/reaches-up.ts`, `import '../two-factor.module.js';`],
  'test-kit-is-not-in-production': [`${room}/http/stands-still.ts`, `import '../testing/stores.js';`],
  'package-never-imports-host': [`${room}/http/knows-its-host.ts`, `import '../../../../src/auth/login.js';`],
  'only-the-adapters-import-the-package': ['src/auth/takes-a-shortcut.ts', `import 'nestjs-two-factor';`],
  'package-has-one-front-door': ['src/two-factor/window.ts', `import 'nestjs-two-factor/src/core/rule.js';`],
  'package-is-imported-by-name': [
    'src/two-factor/by-path.ts',
    `import '../../modules/two-factor/src/index.js';`,
  ],
  'unit-of-work-knows-no-other-package': [
    `${unitOfWork}/transactions/knows-nest.ts`,
    `import '@nestjs/common';`,
  ],
  'unit-of-work-imports-no-internals-of-typeorm': [
    `${unitOfWork}/transactions/reaches-in.ts`,
    `import 'typeorm/driver/postgres/PostgresDriver.js';`,
  ],
  'two-factor-uses-unit-of-work-by-name': [
    `${room}/storage/by-path.ts`,
    `import '../../../typeorm-unit-of-work/src/index.js';`,
  ],
  'no-cycles': ['src/auth/egg.ts', `import './hen.js';`],
  'no-orphans': ['src/auth/forgotten.ts', ''],
  'no-barrels': ['src/auth/keeps-a-barrel.ts', `import './index.js';`],
  'nobody-imports-a-spec': ['test/leans-on-a-spec.ts', `import './login.e2e-spec.js';`],
  'host-never-imports-tests': ['src/auth/leans-on-tests.ts', `import '../../test/leans-on-a-spec.js';`],
  'everything-resolves': ['src/auth/leads-nowhere.ts', `import './nowhere.js';`],
};

/** Files that the violations import. */
export const props: Readonly<Record<string, string>> = {
  ...(Object.fromEntries(layerProps) as Record<string, string>),
  'src/auth/hen.ts': `import './egg.js';`,
  'src/auth/index.ts': `export * from './login.js';`,
};
