import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlantedTree } from './planted-tree.js';

/** Stands in for the TypeScript compiler, in a hundredth of its time: copies, and refuses what says `broken`. */
const compiler = `
const { cpSync, readdirSync, readFileSync, renameSync } = require('node:fs');
const { dirname, join } = require('node:path');
const [, project, , out] = process.argv.slice(2);
const rootDir = JSON.parse(readFileSync(project, 'utf8')).rootDir;
const from = join(dirname(project), 'src');
const into = rootDir === 'src' ? out : join(out, 'src');
cpSync(from, into, { recursive: true });
for (const name of readdirSync(into)) {
  if (readFileSync(join(into, name), 'utf8').includes('broken')) {
    console.log(name + ': error TS2322');
    process.exit(1);
  }
  renameSync(join(into, name), join(into, name.replace('.ts', '.js')));
}
`;

/** A portal of two lines with its package, and the project's own build beside it. */
class SmallPortal extends PlantedTree {
  constructor() {
    super({
      'package.json': '{ "name": "client-area", "type": "module" }',
      'tsconfig.build.json': '{ "rootDir": "." }',
      'node_modules/typescript/bin/tsc': compiler,
      'src/main.ts': `console.log('portal 1', process.argv.slice(2).join(' '));`,
      'modules/typeorm-unit-of-work/package.json': '{ "name": "typeorm-unit-of-work", "type": "module" }',
      'modules/typeorm-unit-of-work/tsconfig.build.json': '{ "rootDir": "src" }',
      'modules/typeorm-unit-of-work/src/index.ts': 'export const version = 1;',
      'modules/two-factor/package.json': '{ "name": "nestjs-two-factor", "type": "module" }',
      'modules/two-factor/tsconfig.build.json': '{ "rootDir": "src" }',
      'modules/two-factor/src/index.ts': 'export const version = 1;',
    });
    for (const script of ['build', 'build.mjs', 'run.mjs']) this.copy(`scripts/${script}`);
  }

  starts(...args: string[]): { stdout: string; stderr: string; status: number | null } {
    return this.run(join(this.root, 'scripts/run.mjs'), 'main', ...args);
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  reads(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }
}

describe('the build', () => {
  let portal: SmallPortal;
  beforeEach(() => {
    portal = new SmallPortal();
  });
  afterEach(() => {
    portal.remove();
  });

  it('leaves standard output to the program it starts', () => {
    expect(portal.starts('status', 'ann')).toMatchObject({ stdout: 'portal 1 status ann\n', status: 0 });
  });

  it('is skipped when nothing changed, and not when something did', () => {
    portal.starts();
    expect(portal.starts().stderr).toBe('');

    portal.plant('src/main.ts', `console.log('portal 2');`);
    expect(portal.starts()).toMatchObject({ stdout: 'portal 2\n', stderr: 'building client-area\n' });
  });

  it('is done again when the package changed or a built folder is gone', () => {
    portal.starts();
    portal.plant('modules/two-factor/src/index.ts', 'export const version = 2;');
    portal.starts();
    expect(portal.reads('modules/two-factor/dist/index.js')).toContain('version = 2');

    rmSync(join(portal.root, 'dist'), { recursive: true });
    expect(portal.starts().status).toBe(0);
  });

  it('never puts a broken build in the place of a good one', () => {
    portal.starts();
    const good = portal.reads('dist/src/main.js');
    portal.plant('src/main.ts', `broken;`);

    const { status, stdout, stderr } = portal.starts();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('TS2322');
    expect(portal.reads('dist/src/main.js')).toBe(good);
  });

  it('keeps no file of a source that is gone', () => {
    portal.plant('src/old.ts', 'export const old = 1;');
    portal.starts();
    rmSync(join(portal.root, 'src/old.ts'));
    portal.starts();
    expect(portal.has('dist/src/old.js')).toBe(false);
  });

  it('is done once when two ask for it at the same moment', async () => {
    const start = (): Promise<string> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [join(portal.root, 'scripts/run.mjs'), 'main']);
        let said = '';
        child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
        child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
        child.on('close', () => {
          resolve(said);
        });
      });
    const both = (await Promise.all([start(), start()])).join('');
    expect(both.match(/building client-area/g)).toHaveLength(1);
    expect(both.match(/portal 1/g)).toHaveLength(2);
  });

  it('is not stopped by a build that was killed', () => {
    portal.plant('node_modules/.cache/client-area/build.lock', '999999999');
    expect(portal.starts().status).toBe(0);
  });

  it('leaves no process when npm gets a signal to stop', async () => {
    portal.copy('package.json');
    portal.plant('src/main.ts', `console.log('up'); setInterval(() => undefined, 1000);`);
    const npm = spawn('npm', ['start'], { cwd: portal.root, stdio: ['ignore', 'pipe', 'ignore'] });
    npm.stdout.on('data', (piece: Buffer) => {
      if (piece.toString().includes('up')) npm.kill('SIGTERM');
    });
    // the pipe closes when no process has its other end open any more
    await expect(new Promise((resolve) => npm.on('close', () => resolve('all gone')))).resolves.toBe(
      'all gone',
    );
  });
});
