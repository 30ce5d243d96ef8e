import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project this test stands in. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of planted files, far from the project, which tools can be let loose on. */
export class PlantedTree {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.plant(path, text);
  }

  plant(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** A link in this folder, made as npm makes them for workspaces. */
  link(path: string, target: string): void {
    const place = join(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(target, place);
  }

  /** The project's own file or folder, at the same path here. */
  copy(path: string): void {
    cpSync(join(projectRoot, path), join(this.root, path), { recursive: true });
  }

  /** Runs a node program, by default one of the project's, in this folder. */
  run(program: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } {
    const { stdout, stderr, status } = spawnSync(process.execPath, [resolve(projectRoot, program), ...args], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { stdout, stderr, status };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
