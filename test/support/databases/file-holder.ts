import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../../../src/pages/common/project-root.js';

/** Holds the write lock of the given file for the given number of milliseconds. */
const script = `
  const [path, begin, forMs] = process.argv.slice(1);
  const connection = new (require('better-sqlite3'))(path);
  connection.exec(begin);
  console.log('held');
  setTimeout(() => { connection.exec('ROLLBACK'); console.log('free'); }, Number(forMs));
`;

/** Another process that writes to SQLite's file, such as the command line. */
export class FileHolder {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when it holds the lock. */
  static async holds(path: string, begin: string, forMs: number): Promise<FileHolder> {
    const child = spawn(process.execPath, ['-e', script, path, begin, String(forMs)], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return new FileHolder(child);
  }

  /** Resolves when it has let go. */
  async ended(): Promise<void> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }
}
