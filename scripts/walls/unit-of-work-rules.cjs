const { rooms, unitOfWork, spec } = require('./places.cjs');

/** Rules for `typeorm-unit-of-work`, and for what the package for two-factor takes of it. */
exports.unitOfWorkRules = [
  {
    name: 'core-takes-only-the-outbox',
    comment: 'The relay of typeorm-unit-of-work/outbox is plain TypeScript; its other doors bring TypeORM.',
    severity: 'error',
    from: { path: `${rooms}/core/`, pathNot: spec },
    to: { path: `${unitOfWork}/`, pathNot: `${unitOfWork}/outbox/index[.]ts$` },
  },
  {
    name: 'outbox-imports-nothing',
    comment: 'The core of two-factor imports it, and must not get a library with it.',
    severity: 'error',
    from: { path: `${unitOfWork}/outbox/`, pathNot: spec },
    to: { pathNot: `${unitOfWork}/outbox/` },
  },
  {
    name: 'unit-of-work-knows-no-other-package',
    comment: 'It is published alone: it knows TypeORM and nothing of two-factor or of Nest.',
    severity: 'error',
    from: { path: unitOfWork, pathNot: spec },
    to: {
      pathNot: [`${unitOfWork}/`, '(^|/)(typeorm|async-mutex)(/|$)'],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'unit-of-work-imports-no-internals-of-typeorm',
    comment:
      'A deep import breaks with the next version of TypeORM; what is overridden stands in internals/.',
    severity: 'error',
    from: { path: unitOfWork },
    to: { path: '(^|/)typeorm/(?!index|package)[^/]+/' },
  },
  {
    name: 'two-factor-uses-unit-of-work-by-name',
    comment: 'A path into the neighbouring package works here and nowhere else.',
    severity: 'error',
    from: { path: `${rooms}/` },
    to: { path: '^modules/typeorm-unit-of-work/', dependencyTypesNot: ['aliased-workspace'] },
  },
];
