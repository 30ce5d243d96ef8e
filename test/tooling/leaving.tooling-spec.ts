import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PlantedTree, projectRoot } from './planted-tree.js';

const environment = join(projectRoot, 'scripts/test/shared-modules/environment.cjs');

/** A worker of jest: it makes an environment for each of two test files, has `work` to do, and would then end by itself. */
const worker = (work: string) => `
const Environment = require(${JSON.stringify(environment)});
const projectConfig = { fakeTimers: {} };
for (let files = 0; files < 2; files += 1) new Environment({ globalConfig: {}, projectConfig }, {});
process.once('beforeExit', () => console.log('ended by itself'));
${work}
`;

describe('a worker of jest', () => {
  let tree: PlantedTree;
  beforeEach(() => (tree = new PlantedTree({})));
  afterEach(() => tree.remove());

  async function runs(work: string): Promise<[code: unknown, said: string]> {
    tree.plant('worker.cjs', worker(work));
    const child = fork(join(tree.root, 'worker.cjs'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const said = text(child.stdout!);
    const [code] = (await once(child, 'exit')) as [number | null];
    return [code, await said];
  }

  it('does not free its heap first, which takes longer than jest waits', async () => {
    expect(await runs('')).toEqual([0, '']);
  });

  it('never leaves while a timer is open, so that a test which leaves one is reported', async () => {
    expect(await runs('setTimeout(() => console.log("timer"), 50);')).toEqual([0, 'timer\n']);
  });
});
