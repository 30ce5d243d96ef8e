const mustHold = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
/** Of a package that brings pages. */
const pages = ['messages/en.json'];
/** Of a package that brings scripts for its pages. */
const scripts = ['assets/page-buttons.js', 'assets/clock-hint.js'];
const mustNotHold = [/[.-](spec|fixture)\./, /^src\//, /\.tsbuildinfo$/, /(^|\/)tsconfig/];

/** The files that the manifest's `exports` promise, but for the `source` condition, which is for this repository. */
function promised(entry) {
  if (typeof entry === 'string') return [entry.replace(/^\.\//, '')];
  const conditions = Object.entries(entry).filter(([condition]) => condition !== 'source');
  return conditions.flatMap(([, target]) => promised(target));
}

/** What is wrong with the list of files that would be published; one sentence each, none when all is well. */
export function faults(files, manifest) {
  const brings = (folder) => !manifest.files || manifest.files.includes(folder);
  const own = [...(brings('templates') ? pages : []), ...(brings('assets') ? scripts : [])];
  const wanted = new Set([...mustHold, ...own, ...promised(manifest.exports)]);
  const missing = [...wanted].filter((file) => !files.includes(file));
  const surplus = files.filter((file) => mustNotHold.some((pattern) => pattern.test(file)));
  const noPages = brings('templates') && !files.some((file) => /^templates\/.+\.hbs$/.test(file));
  return [
    ...missing.map((file) => `missing: ${file}`),
    ...surplus.map((file) => `must not be published: ${file}`),
    ...(noPages ? ['missing: any page below templates/'] : []),
  ];
}
