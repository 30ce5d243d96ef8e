import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../src/pages/common/project-root.js';

type Environment = Readonly<Record<string, string>>;

/** An operator's command in a process of its own, as the built portal has it. */
export class CommandProcess {
  private answer = '';
  private complaints = '';
  private readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (piece: Buffer) => (this.answer += piece.toString()));
    child.stderr?.on('data', (piece: Buffer) => (this.complaints += piece.toString()));
    this.ended = once(child, 'close');
  }

  static types(env: Environment, ...words: string[]): CommandProcess {
    const root = projectRoot();
    const child = spawn(process.execPath, [join(root, 'dist/src/cli/main.js'), ...words], {
      cwd: root,
      env: { ...{ PATH: process.env['PATH'] }, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new CommandProcess(child);
  }

  /** Resolves when it ends. */
  async result(): Promise<{ code: number | null; answer: string; complaints: string }> {
    await this.ended;
    return { code: this.child.exitCode, answer: this.answer, complaints: this.complaints };
  }

  /** Resolves when it has said something on standard error; when it ends without, too. */
  async says(): Promise<void> {
    const { stderr } = this.child;
    if (stderr && this.complaints === '') await Promise.race([once(stderr, 'data'), this.ended]);
  }

  /** As a power cut would: nothing of its own runs any more. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
