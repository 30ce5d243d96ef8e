import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Visitor } from '../../support/people/visitor.js';
import { CompiledHost } from './compiled-host.js';
import { deleted, places } from './uninstall.js';

const root = join(import.meta.dirname, '..', '..', '..');
/** The folder of the host's sources. */
export const hostFolder = join(root, 'test/foreign-host/host');

/** The foreign host with each of its packages, but without `nestjs-two-factor`. */
export class UninstalledHost {
  private readonly host = new CompiledHost({
    built: ['typeorm-unit-of-work'],
    without: 'nestjs-two-factor',
  });

  constructor() {
    cpSync(hostFolder, this.host.path('host'), { recursive: true });
    const compilerOptions = { rootDir: 'host', outDir: 'dist', types: ['node'], declaration: false };
    const project = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['host'] };
    this.host.write('tsconfig.json', JSON.stringify(project));
  }

  /** The path of the members' database. */
  get database(): string {
    return this.host.path('members.sqlite');
  }

  /** The host's log. */
  get log(): string {
    return this.host.log;
  }

  /** Removes the lines of the README. */
  takesOut(): void {
    for (const file of deleted) rmSync(this.path(file));
    for (const { file, before, after } of places) {
      const text = readFileSync(this.path(file), 'utf8');
      if (text.split(before).length !== 2) throw new Error(`${file} has ${String(before)} not once.`);
      this.host.write(
        `host/${file}`,
        text.replace(before, () => after),
      );
    }
  }

  /** Compiles it; returns the files that the compiler refuses, in order. */
  broken(): string[] {
    const said = this.host.compile();
    return [...new Set([...said.matchAll(/^host\/([^(]+)\(/gm)].map(([, file = '']) => file))].sort();
  }

  start(): Promise<void> {
    return this.host.start(['dist/main.js'], { HOST_DATABASE: this.database });
  }

  visitor(): Visitor {
    return this.host.visitor();
  }

  close(): Promise<void> {
    return this.host.close();
  }

  private path(file: string): string {
    return this.host.path(`host/${file}`);
  }
}
