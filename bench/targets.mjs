import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { buildNaive } from './naive/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The built portal, filled by its own seed. */
async function ourPortal() {
  await build();
  return {
    name: 'Client Area',
    program: `${root}dist/src/main.js`,
    async seed(env, accounts) {
      run(`${root}dist/src/cli/seed.js`, ['--accounts', String(accounts)], env);
    },
  };
}

/** The yardstick: a portal as tutorials describe it. */
async function naivePortal() {
  const folder = await buildNaive();
  return {
    name: 'naive portal',
    program: `${folder}/main.mjs`,
    async seed(env, accounts) {
      run(`${folder}/seed.mjs`, [String(accounts)], env);
    },
  };
}

/** The lower bound for every portal. */
function bareServer() {
  return {
    name: 'bare node:http',
    program: `${root}bench/bare/main.mjs`,
    async seed(env, accounts) {
      run(`${root}bench/bare/seed.mjs`, [String(accounts)], env);
    },
  };
}

/** The measured targets, in order. */
export async function targets() {
  return [await ourPortal(), await naivePortal(), bareServer()];
}

function run(program, words, env) {
  const stdio = ['ignore', 'ignore', 'inherit'];
  execFileSync(process.execPath, [program, ...words], {
    env: { ...{ PATH: process.env.PATH }, ...env },
    stdio,
  });
}
