const mustHold = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
/** Of a package that brings pages. */
const pages = ['messages/en.json'];
/** Of a package that brings scripts for its pages. */
const scripts = ['assets/page-buttons.js', 'assets/clock-hint.js'];
const mustNotHold = [/[.-](spec|fixture)\./, /^src\//, /\.tsbuildinfo$/, /(^|\/)tsconfig/];

/** The files named by the manifest's `exports`, except for the `source` condition, which is only for this repository. */
function promised(entry) {
  if (typeof entry === 'string') return [entry.replace(/^\.\//, '')];
  const conditions = Object.entries(entry).filter(([condition]) => condition !== 'source');
  return conditions.flatMap(([, target]) => promised(target));
}

/** What people search for, and read first, in a registry. */
const described = ['description', 'keywords', 'license'];

/** The faults of the list of published files, one sentence each; empty if there are none. */
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
    ...described
      .filter((field) => !manifest[field]?.length)
      .map((field) => `missing in package.json: ${field}`),
  ];
}

/** The faults of one published script: a debugger must find its source, which is not published as a file. */
export function mapFaults(file, map) {
  if (map === undefined) return [`missing: ${file}.map`];
  const { sources, sourcesContent = [] } = JSON.parse(map);
  const isWhole = sources.length > 0 && sources.every((_, at) => typeof sourcesContent[at] === 'string');
  return isWhole ? [] : [`${file}.map does not contain its sources`];
}
