import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Visitor } from '../../support/people/visitor.js';

const root = join(import.meta.dirname, '..', '..', '..');

/** Which packages the host has, besides those of npm. */
interface Packages {
  /** Packages of this project that are built first, because their builds may be missing or old. */
  readonly built: readonly string[];
  /** A package that the host cannot find. */
  readonly without?: string;
}

function build(names: readonly string[]): void {
  const script = (name: string) => JSON.stringify(join(root, 'scripts', name));
  const code = `import { build } from ${script('build.mjs')};
    import { targets } from ${script('build/target.mjs')};
    await build(undefined, targets.filter(({ name }) => ${JSON.stringify(names)}.includes(name)));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** A host away from the project, compiled against built packages and run as a process of its own. */
export class CompiledHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'host-'));
  private said = '';
  private child: ChildProcess | undefined;
  private url = '';

  constructor({ built, without }: Packages) {
    build(built);
    this.write('package.json', '{ "type": "module" }');
    mkdirSync(this.path('node_modules'));
    for (const name of readdirSync(join(root, 'node_modules')))
      if (name !== without && name !== '.bin')
        symlinkSync(join(root, 'node_modules', name), this.path(`node_modules/${name}`));
  }

  /** What the host logged. */
  get log(): string {
    return this.said;
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  /** What the compiler says; nothing, if it is satisfied. */
  compile(): string {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const options = { cwd: this.folder, encoding: 'utf8' } as const;
    return spawnSync(process.execPath, [compiler, '-p', '.'], options).stdout;
  }

  /** Starts it with these arguments of `node`. Resolves when it logs its address. */
  async start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: Object.assign({ PATH: process.env['PATH'], NO_COLOR: '1' }, env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (piece: Buffer) => {
          this.said += piece.toString();
          this.url = /ready at (http\S+)/.exec(this.said)?.[1] ?? '';
          if (this.url !== '') resolve();
        });
      child.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${this.said}`)));
    });
  }

  visitor(): Visitor {
    return new Visitor(this.url);
  }

  async close(): Promise<void> {
    if (this.child?.exitCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
