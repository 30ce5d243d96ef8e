#!/usr/bin/env bash
# One would guess: a job given to a p-queue runs in the AsyncLocalStorage context of the code that called add().
# What happens: a job that had to wait runs in the context of the job that ended before it, so it sees the values of another
#   caller. A job that starts at once runs in its own caller's context. With AsyncResource.bind() around the job each one does.
#   The documentation of p-queue does not mention contexts.
# Who meets it: servers that keep a request, a user, a trace or a transaction in AsyncLocalStorage and read it inside a job: one
#   request then reads the data of another one, but only under load.
# Seen with: p-queue 9.3.5 on Node 20.20.2. Exit code 0: as stated; 1: it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund p-queue@9.3.5
cat > contexts.mjs <<'JS'
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import PQueue from 'p-queue';
const caller = new AsyncLocalStorage();
const callers = ['ann', 'bob', 'cem'];

/** Whose context the job of each caller sees, in a queue that runs one job at a time. */
async function seen(prepare) {
  const queue = new PQueue({ concurrency: 1 });
  const job = async () => {
    await new Promise(setImmediate);
    return caller.getStore();
  };
  return Promise.all(callers.map((name) => caller.run(name, () => queue.add(prepare(job)))));
}

const plain = await seen((job) => job);
const bound = await seen((job) => AsyncResource.bind(job));
console.log(`p-queue 9.3.5, node ${process.version}: callers ${callers.join(', ')}`);
console.log(`  their jobs see ${plain.join(', ')}; with AsyncResource.bind() ${bound.join(', ')}`);
process.exit(plain.join() === 'ann,ann,ann' && bound.join() === callers.join() ? 0 : 1);
JS
node contexts.mjs
