import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocPage, filesBelow, root } from '../support/doc-page.js';

const folder = 'test/foreign-host/first-host';
const page = new DocPage('modules/two-factor/docs/first-host.md');
const readme = new DocPage('modules/two-factor/README.md');
const sources = page.files().filter(({ name }) => name.startsWith('src/'));

function source(name: string): string {
  return readFileSync(join(root, folder, name), 'utf8');
}

describe('first-host.md', () => {
  test('no file differs from the one that is checked with all other code', () => {
    const checked = filesBelow(folder, '.ts').map((name) => ({ name: `src/${name}`, text: source(name) }));
    const quoted = sources.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    expect(checked.length).toBeGreaterThan(10);
    expect(quoted).toEqual(checked);
  });

  test.each(['accounts.ts', 'require-second-factor.ts'])('%s is the file of the short steps', (name) => {
    expect(readme.text).toContain(`\`\`\`ts\n${source(name)}\`\`\``);
  });

  test('no package is missing from its commands', () => {
    const installed = [...page.below('Install').matchAll(/^npm install (.*)$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    const imported = sources.flatMap(({ text }) =>
      [...text.matchAll(/from '((?:@[^/']+\/)?[^./'][^/']*)/g)].map(([, name = '']) => name),
    );
    const wanted = [...imported, ...requiredPeers()].filter((name) => !name.startsWith('node:'));
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((name) => !installed.includes(name))).toEqual([]);
  });
});

/** What the package needs of its host, whatever the host is. */
function requiredPeers(): string[] {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(root, 'modules/two-factor/package.json'), 'utf8'),
  ) as { peerDependencies: object; peerDependenciesMeta: object };
  return Object.keys(peerDependencies).filter((name) => !(name in peerDependenciesMeta));
}
