import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path, ...args) => [`node_modules/${path}`, ...args];

/** The parts of the gate, longest first. `npm run check -- lint types` runs some of them. */
const parts = {
  lint: tool('eslint/bin/eslint.js', '.', '--max-warnings=0'),
  types: tool('typescript/bin/tsc', '-p', 'tsconfig.json'),
  unused: tool('knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'),
  walls: tool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    'modules',
    'test',
    'scripts',
    'bench',
    'ormconfig.ts',
  ),
  package: ['scripts/check/package.mjs'],
  independent: ['scripts/check/independent.mjs'],
  format: tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
};

/** Runs one part to its end and keeps what it says: shown only when it fails. */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (piece) => said.push(piece));
    child.stderr.on('data', (piece) => said.push(piece));
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, output: Buffer.concat(said).toString() }));
  });
}

async function check(name) {
  const started = performance.now();
  const { passed, output } = await run(parts[name]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(11)} ${seconds.padStart(5)} s`);
  if (!passed) console.log(output.trimEnd());
  return passed;
}

/** Two parts at a time: each is one busy process. */
async function checkAll(names) {
  const waiting = [...names];
  const results = [];
  const lane = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) results.push(await check(name));
  };
  await Promise.all([lane(), lane()]);
  return results.every(Boolean);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
process.exitCode = (await checkAll(asked.length > 0 ? asked : Object.keys(parts))) ? 0 : 1;
