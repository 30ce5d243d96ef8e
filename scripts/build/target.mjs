import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';

const unitOfWork = ['modules/typeorm-unit-of-work/src', 'modules/typeorm-unit-of-work/package.json'];
const twoFactor = ['modules/two-factor/src', 'modules/two-factor/package.json'];

/** All possible targets. Packages come first, because later targets compile against their declarations. */
const all = [
  {
    name: 'typeorm-unit-of-work',
    project: 'modules/typeorm-unit-of-work/tsconfig.build.json',
    output: 'modules/typeorm-unit-of-work/dist',
    inputs: unitOfWork,
  },
  {
    name: 'nestjs-two-factor',
    project: 'modules/two-factor/tsconfig.build.json',
    output: 'modules/two-factor/dist',
    inputs: [...twoFactor, ...unitOfWork],
  },
  {
    name: 'nestjs-two-factor-sms',
    project: 'modules/two-factor-sms/tsconfig.build.json',
    output: 'modules/two-factor-sms/dist',
    inputs: [
      'modules/two-factor-sms/src',
      'modules/two-factor-sms/package.json',
      ...twoFactor,
      ...unitOfWork,
    ],
  },
  {
    name: 'client-area',
    project: 'tsconfig.build.json',
    output: 'dist',
    inputs: ['src', 'ormconfig.ts', 'package.json', ...twoFactor, ...unitOfWork],
  },
];

/** The targets that exist in this checkout. */
export const targets = all.filter(({ project }) => existsSync(new URL(`../../${project}`, import.meta.url)));

const shared = ['package-lock.json', 'tsconfig.base.json'];

/** Outside the output folder, which is published completely. */
export const cache = (root) => join(root, 'node_modules/.cache/client-area');
const stampOf = (root, name) => join(cache(root), `${name}.stamp`);

/** Identifies the inputs of a build and its output folder. A folder that another program put there does not count as fresh. */
function stampFor(output, print) {
  return existsSync(output) ? `${print} ${statSync(output).ino}` : null;
}

function fresh(stamp, expected) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === expected;
}

/** Standard output belongs to the program that starts after the build, so the compiler writes to standard error. */
function compile(root, project, into) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', join(root, project), '--outDir', into];
  const { status } = spawnSync(process.execPath, [compiler, ...options], { stdio: ['ignore', 2, 2] });
  return status === 0;
}

/** The old build stays until the new one is complete. */
function swapIn(staging, output) {
  const old = `${output}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(output)) renameSync(output, old);
  renameSync(staging, output);
  rmSync(old, { recursive: true, force: true });
}

/** Builds one target unless it is fresh. Returns false when the compiler fails; the last good build stays. */
export function buildTarget(root, { name, project, output, inputs }) {
  const place = join(root, output);
  const stamp = stampOf(root, name);
  const print = fingerprint(root, [...inputs, project, ...shared]);
  if (fresh(stamp, stampFor(place, print))) return true;
  process.stderr.write(`building ${name}\n`);
  const staging = `${place}.next`;
  rmSync(staging, { recursive: true, force: true });
  if (!compile(root, project, staging)) return false;
  swapIn(staging, place);
  mkdirSync(cache(root), { recursive: true });
  writeFileSync(stamp, stampFor(place, print));
  return true;
}

/** Records that the output may contain files of another program, so that the next build is not skipped. */
export function forgetTarget(root, { name }) {
  rmSync(stampOf(root, name), { force: true });
}
