const inEach = ['README.md', 'LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts'];

/** The published packages, and what each must hold. */
export const packages = [
  {
    folder: 'modules/two-factor',
    mustHold: [
      ...inEach,
      'messages/en.json',
      'assets/page-buttons.js',
      'assets/clock-hint.js',
      'templates/challenge/answer.hbs',
    ],
  },
  { folder: 'modules/typeorm-unit-of-work', mustHold: [...inEach, 'CHANGELOG.md', 'docs/transactions.md'] },
];
const mustNotHold = [/[.-](spec|fixture)\./, /^src\//, /\.tsbuildinfo$/, /(^|\/)tsconfig/];

/** The files that the manifest's `exports` promise, but for the `source` condition, which is for this repository. */
function promised(entry) {
  if (typeof entry === 'string') return [entry.replace(/^\.\//, '')];
  const conditions = Object.entries(entry).filter(([condition]) => condition !== 'source');
  return conditions.flatMap(([, target]) => promised(target));
}

/** What is wrong with the list of files that would be published; one sentence each, none when all is well. */
export function faults(files, manifest, mustHold = packages[0].mustHold) {
  const wanted = new Set([...mustHold, ...promised(manifest.exports)]);
  const missing = [...wanted].filter((file) => !files.includes(file));
  const surplus = files.filter((file) => mustNotHold.some((pattern) => pattern.test(file)));
  return [
    ...missing.map((file) => `missing: ${file}`),
    ...surplus.map((file) => `must not be published: ${file}`),
  ];
}
