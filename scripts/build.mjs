import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { alone } from './build/lock.mjs';
import { buildTarget, cache, forgetTarget, targets } from './build/target.mjs';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** Builds what is stale, one process at a time. Throws when the compiler refuses. */
export async function build(root = projectRoot, wanted = targets) {
  await alone(join(cache(root), 'build.lock'), () => {
    const refused = wanted.find((target) => !buildTarget(root, target));
    if (refused) throw new Error(`${refused.name} could not be built: see the compiler's messages above.`);
  });
}

/** The watching compiler writes the portal itself; only the packages must be there before it starts. */
async function buildForWatch() {
  const thePortal = targets.at(-1);
  await build(projectRoot, targets.slice(0, -1));
  forgetTarget(projectRoot, thePortal);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { 'for-watch': { type: 'boolean' } } });
  await (values['for-watch'] ? buildForWatch() : build()).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
