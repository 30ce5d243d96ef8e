import { readFileSync } from 'node:fs';
import { projectRoot } from './planted-tree.js';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(`${projectRoot}package-lock.json`, 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** Where `name` could stand for the package at `path`: in its own folder, or in any above it. */
function places(path: string, name: string): string[] {
  const above = path.includes('node_modules/')
    ? places(path.slice(0, path.lastIndexOf('node_modules/')), name)
    : [`node_modules/${name}`];
  return [`${path}/node_modules/${name}`, ...above];
}

describe('the lock file', () => {
  it('cannot lack what another platform needs: `npm ci` would refuse everywhere', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !places(path, name).some((place) => place in packages))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, so that each developer can use their own', () => {
    expect(JSON.stringify(packages)).not.toMatch(/"resolved":"https?:/);
  });
});
