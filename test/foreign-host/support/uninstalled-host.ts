import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Visitor } from '../../support/people/visitor.js';
import { deleted, places } from './uninstall.js';

const root = join(import.meta.dirname, '..', '..', '..');
/** The folder of the host's sources. */
export const hostFolder = join(root, 'test/foreign-host/host');

/** The host still needs this package; its build may be missing or old. */
function buildUnitOfWork(): void {
  const script = (name: string) => JSON.stringify(join(root, 'scripts', name));
  const code = `import { build } from ${script('build.mjs')};
    import { targets } from ${script('build/target.mjs')};
    await build(undefined, targets.slice(0, 1));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** The foreign host's sources, outside of the project: with each of its packages, but without `nestjs-two-factor`. */
export class UninstalledHost {
  private readonly folder = mkdtempSync(join(tmpdir(), 'uninstalled-'));
  private said = '';
  private child: ChildProcess | undefined;
  private url = '';

  constructor() {
    buildUnitOfWork();
    cpSync(hostFolder, join(this.folder, 'host'), { recursive: true });
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    const compilerOptions = { rootDir: 'host', outDir: 'dist', types: ['node'], declaration: false };
    const project = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['host'] };
    writeFileSync(join(this.folder, 'tsconfig.json'), JSON.stringify(project));
    mkdirSync(join(this.folder, 'node_modules'));
    for (const name of readdirSync(join(root, 'node_modules')))
      if (name !== 'nestjs-two-factor' && name !== '.bin')
        symlinkSync(join(root, 'node_modules', name), join(this.folder, 'node_modules', name));
  }

  /** The path of the members' database. */
  get database(): string {
    return join(this.folder, 'members.sqlite');
  }

  /** The host's log. */
  get log(): string {
    return this.said;
  }

  /** Removes the lines of the README. */
  takesOut(): void {
    for (const file of deleted) rmSync(this.path(file));
    for (const { file, before, after } of places) {
      const text = readFileSync(this.path(file), 'utf8');
      if (text.split(before).length !== 2) throw new Error(`${file} has ${String(before)} not once.`);
      writeFileSync(
        this.path(file),
        text.replace(before, () => after),
      );
    }
  }

  /** Compiles it; returns the files that the compiler refuses, in order. */
  broken(): string[] {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', this.folder], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return [...new Set([...stdout.matchAll(/^host\/([^(]+)\(/gm)].map(([, file = '']) => file))].sort();
  }

  async start(): Promise<void> {
    const env = { PATH: process.env['PATH'], HOST_DATABASE: this.database, NO_COLOR: '1' };
    const child = spawn(process.execPath, [join(this.folder, 'dist/main.js')], { cwd: this.folder, env });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (piece: Buffer) => {
          this.said += piece.toString();
          this.url = /^ready at (.*)$/m.exec(this.said)?.[1] ?? '';
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

  private path(file: string): string {
    return join(this.folder, 'host', file);
  }
}
