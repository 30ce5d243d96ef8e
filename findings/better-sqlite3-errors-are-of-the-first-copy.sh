#!/usr/bin/env bash
# One would guess: an error that better-sqlite3 throws is an instance of the `SqliteError` that the same import of better-sqlite3 exports.
# What happens: the addon keeps the error class of the copy that was loaded first in the process. A second copy of its JavaScript throws errors
#   of the first copy's class. Where the copies are of different realms (test runners that give each test file a context of its own), the error
#   is not even an `instanceof Error` of the code that catches it, and Object.prototype.toString calls it [object Object], not [object Error].
# Who meets it: tests that pass alone and fail behind another file of the same worker, with `instanceof Error`, `instanceof SqliteError` or
#   a matcher that looks for errors. Ask for `error.code` instead, and wrap what was thrown whatever it is.
# Seen with: better-sqlite3 12.11.1, Node 20.20. It is built from source where no prebuilt file can be had. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund better-sqlite3@12.11.1
cat > copies.cjs <<'JS'
const { version } = require('better-sqlite3/package.json');
const path = require.resolve('better-sqlite3');
const copy = () => {
  for (const file of Object.keys(require.cache)) if (file.endsWith('.js')) delete require.cache[file];
  return require(path);
};
const thrownBy = (Database) => {
  try {
    new Database(':memory:').prepare('SELECT * FROM missing');
  } catch (error) {
    return error;
  }
};
const [First, Second] = [copy(), copy()];
const [one, other] = [thrownBy(First), thrownBy(Second)];
console.log(`better-sqlite3 ${version}, Node ${process.version}: ${other.code}: ${other.message}`);
console.log(`error of the first copy: its own class ${one instanceof First.SqliteError}`);
console.log(`error of the second copy: its own class ${other instanceof Second.SqliteError}, the first copy's class ${other instanceof First.SqliteError}`);
console.log(`Object.prototype.toString: ${Object.prototype.toString.call(other)}`);
const asStated =
  First.SqliteError !== Second.SqliteError &&
  one instanceof First.SqliteError &&
  !(other instanceof Second.SqliteError) &&
  other instanceof First.SqliteError;
process.exit(asStated ? 0 : 1);
JS
node copies.cjs
