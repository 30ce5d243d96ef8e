const { doors, spec } = require('./places.cjs');

/** What holds in every folder. */
exports.generalRules = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or hide a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'A file nobody imports is dead, or not plugged in yet.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: [
        ...doors,
        '^(src/main|ormconfig)[.]ts$', // where programs begin
        spec, // run by jest
        '[.]d[.]ts$', // read by the compiler
        '(^|/)assets/[^/]+[.]js$', // asked for by pages
      ],
    },
    to: {},
  },
  {
    name: 'no-barrels',
    comment:
      'An index file hides who needs what and makes cycles; only the declared doors of the package are one.',
    severity: 'error',
    from: {},
    to: {
      path: '/index[.]ts$',
      pathNot: ['(^|/)node_modules/', ...doors],
    },
  },
  {
    name: 'nobody-imports-a-spec',
    comment: 'A spec that others lean on is a support file in the wrong place.',
    severity: 'error',
    from: {},
    to: { path: '[.-]spec[.]ts$' },
  },
  {
    name: 'host-never-imports-tests',
    comment: 'What runs for people does not hang on what runs for us.',
    severity: 'error',
    from: { path: '^(src|scripts)/|^ormconfig[.]ts$', pathNot: spec },
    to: { path: '^test/' },
  },
  {
    name: 'everything-resolves',
    comment: 'An import that leads nowhere escapes every other wall.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];
