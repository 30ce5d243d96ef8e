import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../src/pages/project-root.js';

/** The built portal in a process of its own, so that it can be killed. */
export class PortalProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** Builds it where it is not fresh, starts it and waits until it says that it is ready. */
  static async start(env: Readonly<Record<string, string>>): Promise<PortalProcess> {
    const root = projectRoot();
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'ignore' });
    const child = spawn(process.execPath, [join(root, 'dist/src/main.js')], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await ready(child);
    return new PortalProcess(child);
  }

  /** As a power cut would: nothing of its own runs any more. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (said.includes('is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The portal ended with ${code}: ${said.slice(-2000)}`)));
  });
}
