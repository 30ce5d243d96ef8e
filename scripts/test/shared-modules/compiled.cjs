const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { fileURLToPath } = require('node:url');

const root = dirname(require.resolve('../../../package.json'));
const cache = join(root, 'node_modules/.cache/tests');

const options = {
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: true,
};

/** Where the script of this TypeScript file is kept, its source map beside it. */
const placeOf = (path) => join(cache, `${relative(root, path)}.js`);

/** The script of a TypeScript file, compiled if the file has changed. */
function compiled(path) {
  const source = readFileSync(path, 'utf8');
  const hash = createHash('sha256').update(JSON.stringify(options)).update(source).digest('hex');
  const known = kept(placeOf(path));
  return known?.endsWith(`// ${hash}`) ? known : compile(path, source, `// ${hash}`);
}

function compile(path, source, lastLine) {
  // loaded only if needed: it is large
  const { code, map } = require('@swc/core').transformSync(source, { ...options, filename: path });
  const script = `${code}\n${lastLine}`;
  const place = placeOf(path);
  mkdirSync(dirname(place), { recursive: true });
  keep(`${place}.map`, map);
  keep(place, script);
  return script;
}

function kept(place) {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

/** Other workers read it meanwhile. */
function keep(place, text) {
  const draft = `${place}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, place);
}

/** The path of the source map of the module at this address; undefined if it is none of ours. */
function sourceMapOf(address) {
  const [file] = address.split('?');
  return file.startsWith('file:') && file.endsWith('.ts') ? `${placeOf(fileURLToPath(file))}.map` : undefined;
}

module.exports = { compiled, sourceMapOf };
