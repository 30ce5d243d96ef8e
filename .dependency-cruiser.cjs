/** The import rules between the folders, as `docs/map.md` shows them. Each rule has a planted violation in `test/tooling/`. */
const { generalRules } = require('./scripts/walls/general-rules.cjs');
const { layerRules } = require('./scripts/walls/layer-rules.cjs');
const { rooms, unitOfWork, host, doors, spec } = require('./scripts/walls/places.cjs');
const { unitOfWorkRules } = require('./scripts/walls/unit-of-work-rules.cjs');

/** Published to users. Specs of every folder may use it; `test-kit-is-not-in-production` checks the rest. */
const testKit = `${rooms}/testing/`;

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'core-knows-no-room',
      comment: 'The core is the rules. A rule that names a kind, a table or a page stops being one.',
      severity: 'error',
      from: { path: `${rooms}/core/` },
      to: { path: `${rooms}/`, pathNot: [`${rooms}/core/`, testKit] },
    },
    {
      name: 'core-knows-no-library',
      comment:
        'No TypeORM, no Express, no Nest but @Injectable and @Inject: the rules must outlive them. ' +
        'Which names of @nestjs/common are taken is for eslint to see.',
      severity: 'error',
      from: { path: `${rooms}/core/`, pathNot: spec },
      to: {
        pathNot: ['(^|/)@nestjs/common(/|$)', `${unitOfWork}/`],
        dependencyTypesNot: ['core', 'local'],
      },
    },
    {
      name: 'factor-knows-no-other-room',
      comment: 'A factor or a skip rule can be deleted: it knows the core and itself, never a sibling.',
      severity: 'error',
      from: { path: `${rooms}/(factors|skips)/([^/]+)/` },
      to: { path: `${rooms}/`, pathNot: [`${rooms}/core/`, `${rooms}/$1/$2/`, testKit] },
    },
    {
      name: 'factor-knows-no-framework',
      comment: 'A factor is a plain object with its own libraries; whoever needs more lists them here.',
      severity: 'error',
      from: { path: `${rooms}/(factors|skips)/`, pathNot: spec },
      to: {
        pathNot: '(^|/)(class-validator|otplib|@otplib|qrcode|@types/qrcode|@simplewebauthn)(/|$)',
        dependencyTypesNot: ['core', 'local'],
      },
    },
    {
      name: 'authenticator-libraries-stay-in-totp',
      comment: 'Codes and QR pictures are the business of one kind.',
      severity: 'error',
      from: { path: `${rooms}/`, pathNot: [`${rooms}/factors/totp/`, spec] },
      to: { path: '(^|/)(otplib|@otplib|qrcode|@types/qrcode)(/|$)' },
    },
    {
      name: 'passkey-library-stays-in-webauthn',
      comment: 'An optional peer: whoever does not offer passkeys need not install it.',
      severity: 'error',
      from: { path: `${rooms}/`, pathNot: [`${rooms}/factors/webauthn/`] },
      to: { path: '(^|/)@simplewebauthn(/|$)|/factors/webauthn/' },
    },
    {
      name: 'passport-stays-behind-its-door',
      comment:
        'Optional peers: a host with sessions of its own installs neither passport nor express-session.',
      severity: 'error',
      from: { path: `${rooms}/`, pathNot: [`${rooms}/http/passport/`, spec] },
      to: {
        path: `(^|/)(@nestjs/passport|passport|@types/passport|express-session|@types/express-session)(/|$)`,
        pathNot: `${rooms}/`,
      },
    },
    {
      name: 'emitter-stays-behind-its-door',
      comment: "An optional peer: a host without Nest's event emitter need not install it.",
      severity: 'error',
      from: { path: `${rooms}/`, pathNot: [`${rooms}/http/emitter/`, spec] },
      to: { path: '(^|/)@nestjs/event-emitter(/|$)' },
    },
    {
      name: 'composition-takes-no-optional-door',
      comment:
        'What the front door imports is loaded by every host; these folders are loaded by hosts that ask for them.',
      severity: 'error',
      from: { path: `${rooms}/`, pathNot: [`${rooms}/http/(passport|emitter)/`, spec] },
      to: { path: `${rooms}/http/(passport|emitter)/` },
    },
    {
      name: 'storage-knows-only-core',
      comment: 'Another database is another storage room; nothing else may change.',
      severity: 'error',
      from: { path: `${rooms}/storage/` },
      to: { path: `${rooms}/`, pathNot: [`${rooms}/(core|storage)/`, testKit] },
    },
    {
      name: 'http-knows-only-core',
      comment: 'Pages and JSON speak to the rules, never to a table and never to a kind.',
      severity: 'error',
      from: { path: `${rooms}/http/` },
      to: { path: `${rooms}/`, pathNot: [`${rooms}/(core|http)/`, testKit] },
    },
    {
      name: 'test-kit-knows-only-core',
      comment: 'The kit is shipped: it must fit stores and factors that other people write.',
      severity: 'error',
      from: { path: testKit, pathNot: spec },
      to: { path: `${rooms}/`, pathNot: `${rooms}/(core|testing)/` },
    },
    {
      name: 'other-rooms-know-only-core',
      comment: 'A room that is not drawn on the map yet begins with the walls of all others.',
      severity: 'error',
      from: { path: `${rooms}/(?!(?:core|factors|skips|storage|http|testing)/)([^/]+)/` },
      to: { path: `${rooms}/`, pathNot: [`${rooms}/core/`, `${rooms}/$1/`, testKit] },
    },
    {
      name: 'composition-is-not-imported',
      comment: 'two-factor.module.ts binds the rooms; a room that reaches up to it turns the arrows round.',
      severity: 'error',
      from: { path: `${rooms}/[^/]+/`, pathNot: spec },
      to: { path: `${rooms}/(two-factor[.]module|index)[.]ts$` },
    },
    {
      name: 'test-kit-is-not-in-production',
      comment: 'Memory stores and a clock that stands still have no business in a running portal.',
      severity: 'error',
      from: { path: [`${rooms}/`, host], pathNot: [testKit, spec] },
      to: { path: [testKit, '[.]fixture[.]ts$'] },
    },
    {
      name: 'package-never-imports-host',
      comment: 'Needs go out through ports; a package that imports its host can be installed nowhere else.',
      severity: 'error',
      from: { path: '^modules/' },
      to: { path: '^(src|test|scripts)/|^ormconfig[.]ts$' },
    },
    {
      name: 'only-the-adapters-import-the-package',
      comment: 'Everything the portal knows of the package stands in one room, so that it can be taken out.',
      severity: 'error',
      from: { path: host, pathNot: '^src/two-factor/' },
      to: { path: ['^modules/two-factor/', '(^|/)nestjs-two-factor(/|$)'] },
    },
    {
      name: 'package-has-one-front-door',
      comment: 'What the doors do not export may change any day.',
      severity: 'error',
      from: {
        path: '^(?:src|test|scripts)/|^modules/(?!two-factor/)([^/]+)/|^ormconfig[.]ts$',
        pathNot: '^test/tooling/',
      },
      to: {
        path: ['^modules/', '(^|/)(nestjs-two-factor|typeorm-unit-of-work)/'],
        pathNot: [...doors, '^modules/[^/]+/package[.]json$', '^modules/$1/'],
      },
    },
    {
      name: 'package-is-imported-by-name',
      comment: 'A path into the neighbouring folder works here and nowhere else.',
      severity: 'error',
      from: { path: '^(src|test|scripts)/|^ormconfig[.]ts$' },
      to: { path: '^modules/', dependencyTypesNot: ['aliased-workspace'] },
    },
    ...unitOfWorkRules,
    ...generalRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
