import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../../error-facts.js';

/** The locks of this process. A lock file with our process id that is not among them was left by an earlier process. */
const pending = new Set<string>();

/**
 * Runs `work` while this process has the lock file. The file of a dead process is taken over.
 * @throws Error when the lock was not free within `patience` milliseconds.
 */
export async function underFileLock<T>(path: string, patience: number, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const pauseMs = 50;
  for (let left = patience; !(await taken(path)); left -= pauseMs) {
    if (left <= 0) throw new Error(`Another process holds ${path}; remove the file if none does.`);
    await pause(pauseMs);
  }
  try {
    return await work();
  } finally {
    pending.delete(path);
    await rm(path, { force: true });
  }
}

async function taken(path: string): Promise<boolean> {
  if (pending.has(path)) return false;
  pending.add(path);
  if (await written(path)) return true;
  if (await abandoned(path)) await rm(path, { force: true });
  pending.delete(path);
  return false;
}

async function written(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** An empty file is not abandoned: another process is just writing its id. */
async function abandoned(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  return pid > 0 && (pid === process.pid || !alive(pid));
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
