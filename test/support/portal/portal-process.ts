import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../src/pages/common/project-root.js';

type Environment = Readonly<Record<string, string>>;

/** The built portal in a process of its own, so that it can be stopped, killed, or refuse to start. */
export class PortalProcess {
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (piece: Buffer) => (this.said += piece.toString()));
  }

  /** Starts it, with what Node itself is to do, and waits until it says that it is ready. */
  static async start(env: Environment, ...flags: string[]): Promise<PortalProcess> {
    const made = PortalProcess.spawned(env, projectRoot(), flags);
    await made.ready();
    return made;
  }

  /** Starts it with what it cannot start with: its exit code, and what it said. */
  static async refusal(env: Environment, root?: string): Promise<{ code: number | null; said: string }> {
    const made = PortalProcess.spawned(env, root);
    const code = await made.end();
    return { code, said: made.said };
  }

  /** `root`: where it was installed. */
  private static spawned(env: Environment, root = projectRoot(), flags: string[] = []): PortalProcess {
    const child = spawn(process.execPath, [...flags, join(root, 'dist/src/main.js')], {
      cwd: root,
      env: { ...{ PATH: process.env['PATH'] }, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new PortalProcess(child);
  }

  /** Everything that it wrote so far, to both outputs. */
  get output(): string {
    return this.said;
  }

  /** As an operator's service manager would: the exit code. */
  async stop(): Promise<number | null> {
    const ended = this.end();
    this.child.kill('SIGTERM');
    return ended;
  }

  /** As a power cut would: nothing of its own runs any more. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.stdout?.on('data', () => {
        if (this.said.includes('is ready')) resolve();
      });
      this.child.once('exit', (code) => {
        reject(new Error(`The portal ended with ${code}: ${this.said.slice(-2000)}`));
      });
    });
  }

  private async end(): Promise<number | null> {
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }
}

/** Builds the portal where it is not fresh; for `beforeAll`, with patience. */
export function buildPortal(): void {
  execFileSync(process.execPath, [join(projectRoot(), 'scripts/build.mjs')], { stdio: 'ignore' });
}
