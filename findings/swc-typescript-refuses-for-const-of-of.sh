#!/usr/bin/env bash
# One would guess: a transpiler takes every loop that Node runs and the TypeScript compiler takes, and `of` is an ordinary name there.
# What happens: SWC's TypeScript parser refuses `for (const of of list)` with "Variable declaration list cannot be empty". Its JavaScript parser,
#   the TypeScript compiler, esbuild and Node take the same line.
# Who meets it: builds and test runners on SWC (for decorators with types of constructor parameters, for example) over code that tsc has accepted.
# Seen with: @swc/core 1.16.18, typescript 5.9.3, esbuild 0.28.2. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund @swc/core@1.16.18 typescript@5.9.3 esbuild@0.28.2
cat > loop.mjs <<'JS'
import { transformSync as swc } from '@swc/core';
import { transformSync as esbuild } from 'esbuild';
import ts from 'typescript';
const code = 'const said = []; for (const of of [1, 2]) said.push(of); export { said };';
const parsers = {
  'SWC, typescript': () => swc(code, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }),
  'SWC, ecmascript': () => swc(code, { jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } } }),
  'esbuild, ts': () => esbuild(code, { loader: 'ts' }),
  'TypeScript': () => {
    const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true, compilerOptions: { target: 'ES2022' } });
    if (diagnostics.length > 0) throw new Error(String(diagnostics[0].messageText));
  },
};
const refused = [];
for (const [name, parse] of Object.entries(parsers)) {
  try {
    parse();
    console.log(`${name}: accepted`);
  } catch (error) {
    refused.push(name);
    const reason = String(error).split('\n').find((line) => line.includes('Variable declaration')) ?? String(error).split('\n')[0];
    console.log(`${name}: refused: ${reason.trim()}`);
  }
}
const { said } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
console.log(`Node ${process.version}: runs it, ${said}`);
process.exit(refused.join() === 'SWC, typescript' && said.join() === '1,2' ? 0 : 1);
JS
node loop.mjs
