import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, root } from './support/doc-page.js';

/** The lines that git leaves in a file whose merge is not finished, also after Prettier has formatted them as Markdown. */
const marker = /^(?:<{7} |>{7} |={7}$|(?:> ){6,}>)/m;

const folders = ['docs', 'src', 'modules', 'test', 'templates', 'messages', 'scripts', 'bench', 'findings'];
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const built = /(?:^|\/)(?:dist[^/]*|node_modules)\//;
const text = /\.(?:md|ts|mjs|cjs|js|json|hbs|css|sh)$/;

describe('the files of the project', () => {
  test('have no marks of an unfinished merge', () => {
    const below = folders.flatMap((folder) => filesBelow(folder, '').map((file) => join(folder, file)));
    const files = [...pages, ...below].filter((file) => text.test(file) && !built.test(file));
    expect(files.length).toBeGreaterThan(1000);
    const unfinished = files.filter((file) => marker.test(readFileSync(join(root, file), 'utf8')));
    expect(unfinished).toEqual([]);
  });

  test.each(['<<<<<<< HEAD', '=======', '>>>>>>> branch', '> > > > > > > 199bcb2 (a commit)'])(
    'would be found with the line %s',
    (line) => expect(marker.test(`before\n${line}\nafter`)).toBe(true),
  );
});
