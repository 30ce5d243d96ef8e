import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../scripts/build.mjs';
import { codeOf, emailOf } from './authenticator.mjs';
import { freePort } from './server.mjs';

/**
 * Counts the project's own functions and files that one right TOTP answer runs, from the request to the answer, by V8's precise
 * coverage: `node bench/functions.mjs`, with `--list` to print them. Libraries and Node itself are not counted.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const ours = /\/(dist\/src|modules\/[^/]+\/dist)\//;
const password = 'a password for counting';

/** The parts of the project, and the paths of their built files. */
const parts = [
  ['nestjs-two-factor', /^modules\/two-factor\//],
  ['typeorm-unit-of-work', /^modules\/typeorm-unit-of-work\//],
  ['Client Area', /^dist\/src\//],
];

await build();
const data = mkdtempSync(join(tmpdir(), 'functions-'));
const port = await freePort();
const env = {
  PORT: String(port),
  PORTAL_DATA: data,
  PASSWORD_HASH: 'm=8,t=1,p=1',
  SEED_PASSWORD: password,
  PATH: process.env.PATH,
};
try {
  const seed = ['dist/src/cli/seed.js', '--accounts', '1', '--enrolled', '1'];
  execFileSync(process.execPath, seed, { cwd: root, env, stdio: 'ignore' });
  const { calls, files } = await count();
  console.log(`functions ${calls.length}, files ${files.size}`);
  for (const [part, path] of parts)
    console.log(`  ${part}: ${sizeOf(calls.filter((call) => path.test(call)))}`);
  if (process.argv.includes('--list')) console.log(calls.sort().join('\n'));
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exit(0);

async function count() {
  const from = (path) => import(pathToFileURL(join(root, 'dist/src', path)).href);
  const [{ bootPortal }, { readConfig }] = [await from('boot.js'), await from('config.js')];
  const app = await bootPortal({ config: readConfig(env), logger: false });
  await app.listen(port, '127.0.0.1');
  const cookie = await passwordOf();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Discards the counts so far.
  await session.post('Profiler.takePreciseCoverage');
  const answer = await sends('/login/challenge', { kind: 'totp', code: codeOf(emailOf(1)) }, cookie);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  if (answer.status !== 200) throw new Error(`The code was answered with ${answer.status}.`);
  const calls = result
    .filter(({ url }) => ours.test(url))
    .flatMap(({ url, functions }) =>
      functions
        .filter(({ functionName, ranges }) => functionName !== '' && ranges[0].count > 0)
        .map(({ functionName }) => `${url.slice(url.indexOf(root) + root.length)} ${functionName}`),
    );
  return { calls, files: new Set(calls.map((call) => call.split(' ')[0])) };
}

function sizeOf(calls) {
  return `functions ${calls.length}, files ${new Set(calls.map((call) => call.split(' ')[0])).size}`;
}

async function passwordOf() {
  const answer = await sends('/login', { email: emailOf(1), password });
  if (answer.status !== 200) throw new Error(`The password was answered with ${answer.status}.`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function sends(path, body, cookie = '') {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', Cookie: cookie },
    body: JSON.stringify(body),
  });
}
