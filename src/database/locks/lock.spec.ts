import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import { underFileLock } from './file-lock.js';
import { underLock } from './lock.js';

forEachDatabase('the migration lock on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
  });
  afterAll(() => scratch.close());

  it('two migrations never run at the same time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await scratch.database.query('SELECT 1');
      await new Promise(setImmediate);
      inside--;
    };
    await Promise.all([1, 2, 3, 4].map(() => underLock(scratch.database, work)));
    expect([inside, most]).toEqual([0, 1]);
  });

  it('a migration that fails does not keep the next one out', async () => {
    const failing = underLock(scratch.database, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await underLock(scratch.database, async () => 'done')).toBe('done');
  });
});

describe('a lock file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['of a process that is gone', '999999999'],
    ['of an earlier life with our own number', String(process.pid)],
  ])('%s is taken over', async (_whose, pid) => {
    const path = join(folder, 'lock');
    await writeFile(path, pid);
    expect(await underFileLock(path, 1000, async () => 'done')).toBe('done');
    await expect(stat(path)).rejects.toThrow();
  });

  it('of a living process is respected', async () => {
    const path = join(folder, 'lock');
    await writeFile(path, String(process.ppid));
    await expect(underFileLock(path, 100, async () => 'done')).rejects.toThrow(
      `Another process holds ${path}`,
    );
  });
});
